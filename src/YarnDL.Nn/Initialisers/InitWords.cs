using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>The random words of one parameter: word i belongs to element i; <paramref name="attempt"/> counts redraws (in the place of the epoch).</summary>
internal struct InitWords(ulong seed, int ordinal, uint attempt = 0)
{
    private readonly uint _purpose = Philox.Purpose(RandomKind.Initial, ordinal);
    private long _block = -1;
    private PhiloxWords _words;

    public uint this[long element]
    {
        get
        {
            if (element >> 2 != _block)
            {
                _block = element >> 2;
                _words = Philox.Words(seed, _purpose, attempt, 0, 0, _block);
            }

            return _words[(int)(element & 3)];
        }
    }
}
