using YarnDL.Tensors;

namespace YarnDL.Digits;

/// <summary>The random numbers of one digit, in order: a function of seed and row.</summary>
internal struct DigitRandom(ulong seed, long row)
{
    private static readonly uint Purpose = Philox.Purpose(RandomKind.Digits, 0);

    private long _next;
    private PhiloxWords _words;

    /// <summary>In 0 .. n-1.</summary>
    public int Below(int n) => (int)Philox.Bounded(Word(), (uint)n);

    /// <summary>Uniform in [low, high).</summary>
    public double Between(double low, double high) => low + ((high - low) * Philox.Uniform(Word()));

    /// <summary>Normal with mean 0.</summary>
    public double Normal(double deviation)
    {
        uint first = Word();
        return Philox.Normals(first, Word()).First * deviation;
    }

    /// <summary>True with a probability.</summary>
    public bool Chance(double probability) => Philox.Uniform(Word()) < probability;

    private uint Word()
    {
        if ((_next & 3) == 0)
        {
            _words = Philox.Words(seed, Purpose, 0, 0, row, _next >> 2);
        }

        return _words[(int)(_next++ & 3)];
    }
}
