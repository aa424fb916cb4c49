namespace YarnDL.Fuzz;

/// <summary>Damages bytes, repeatably.</summary>
internal sealed class Mutator(ulong seed)
{
    private static readonly byte[][] Tokens =
    [
        [0xff, 0xff, 0xff, 0xff], [0xff, 0xff, 0xff, 0x7f], [0, 0, 0, 0x80], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], [0, 0, 0, 0],
        [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], "-1"u8.ToArray(), "999999999999"u8.ToArray(), "[[[["u8.ToArray(), "{}"u8.ToArray(), "null"u8.ToArray(),
    ];

    private ulong _state = (seed * 2862933555777941757UL) + 3037000493UL;

    public int Next(int below)
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return (int)((_state * 2685821657736338717UL >> 33) % (ulong)below);
    }

    public byte[] Damage(byte[] sound)
    {
        List<byte> b = [.. sound];
        for (int n = 1 + Next(4); n > 0 && b.Count > 0; n--)
        {
            // Headers break more than payloads: half of the hits land in the first 256 bytes.
            int at = Next(2) == 0 ? Next(Math.Min(256, b.Count)) : Next(b.Count);
            switch (Next(6))
            {
                case 0:
                    b[at] ^= (byte)(1 << Next(8));
                    break;
                case 1:
                    b[at] = (byte)Next(256);
                    break;
                case 2:
                    b.RemoveRange(at, b.Count - at);
                    break;
                case 3:
                    byte[] token = Tokens[Next(Tokens.Length)];
                    for (int i = 0; i < token.Length && at + i < b.Count; i++)
                    {
                        b[at + i] = token[i];
                    }

                    break;
                case 4:
                    b.RemoveRange(at, Math.Min(1 + Next(16), b.Count - at));
                    break;
                default:
                    b.InsertRange(at, Tokens[Next(Tokens.Length)]);
                    break;
            }
        }

        return [.. b];
    }
}
