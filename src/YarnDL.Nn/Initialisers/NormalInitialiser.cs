using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>Normal numbers by Box-Muller, in double, rounded once; beyond <paramref name="cut"/> standard deviations an element is drawn again.</summary>
internal sealed class NormalInitialiser(Func<Shape, (double Mean, double Std)> moments, double cut) : Initialiser
{
    public override void Fill(Span<float> values, Shape shape, ulong seed, int ordinal)
    {
        if (!(cut > 0.1))
        {
            throw new SpecException($"[initialiser] cut is {cut}; it must be more than 0.1 standard deviations", "cut");
        }

        (double mean, double std) = moments(shape);
        var words = new InitWords(seed, ordinal);
        for (int i = 0; i < values.Length; i += 2)
        {
            (double first, double second) = Philox.Normals(words[i], words[i + 1]);
            values[i] = (float)(mean + (std * Kept(first, i, seed, ordinal)));
            if (i + 1 < values.Length)
            {
                values[i + 1] = (float)(mean + (std * Kept(second, i + 1, seed, ordinal)));
            }
        }
    }

    private double Kept(double z, int element, ulong seed, int ordinal)
    {
        for (uint attempt = 1; Math.Abs(z) > cut; attempt++)
        {
            var words = new InitWords(seed, ordinal, attempt);
            (double first, double second) = Philox.Normals(words[element & ~1], words[element | 1]);
            z = (element & 1) == 0 ? first : second;
        }

        return z;
    }
}
