using YarnDL.Tensors;

namespace YarnDL.Graphs.Tests.Reference;

using Rule = Func<Node, Array64?[], long[][], Array64[]>;

/// <summary>Random operators by the words of docs/random.md: one number at a time.</summary>
internal static class Noise
{
    private const double Low = -1.7580993408473766;

    public static IReadOnlyDictionary<string, Rule> All { get; } = new Dictionary<string, Rule>
    {
        ["RandomMask"] = (n, x, s) => [Drawn(n, s[0], (w, i) => Mask(n, w(i)) * n.Attributes.Float("kept"))],
        ["RandomUniform"] = (n, x, s) => [Drawn(n, s[0], (w, i) => Between(w(i), n.Attributes.Float("low"), n.Attributes.Float("high")))],
        ["RandomNormal"] = (n, x, s) => [Drawn(n, s[0], (w, i) => n.Attributes.Float("mean") + (n.Attributes.Float("deviation") * Normal(w, i)))],
        ["Dropout"] = (n, x, s) => s.Length == 1 ? [x[0]!] : [x[0]!, Operators.Fill(s[1], _ => 1)],
        ["KeyedDropout"] = (n, x, s) =>
        {
            bool channels = n.Attributes.Int("channels") != 0;
            Array64 mask = Drawn(n, channels ? [.. s[0][..2], .. s[0][2..].Select(_ => 1L)] : s[0], (w, i) => Mask(n, w(i)) / (1 - n.Attributes.Float("ratio")));
            return [Operators.Fill(s[0], i => x[0]![i] * (Rests(n) ? 1 : mask.Broadcast(i)))];
        },
        ["AlphaDropout"] = (n, x, s) =>
        {
            double q = 1 - n.Attributes.Float("ratio");
            double a = 1 / Math.Sqrt(q + (Low * Low * q * (1 - q)));
            Array64 mask = Drawn(n, s[0], (w, i) => Mask(n, w(i)));
            return [Operators.Fill(s[0], i => Rests(n) ? x[0]![i] : (a * ((x[0]![i] * mask[i]) + (Low * (1 - mask[i])))) - (a * (1 - q) * Low))];
        },
        ["GaussianDropout"] = (n, x, s) =>
        {
            Array64 z = Drawn(n, s[0], Normal);
            double ratio = n.Attributes.Float("ratio");
            return [Operators.Fill(s[0], i => x[0]![i] * (Rests(n) ? 1 : 1 + (Math.Sqrt(ratio / (1 - ratio)) * z[i])))];
        },
        ["GaussianNoise"] = (n, x, s) =>
        {
            Array64 z = Drawn(n, s[0], Normal);
            return [Operators.Fill(s[0], i => x[0]![i] + (Rests(n) ? 0 : n.Attributes.Float("deviation") * z[i]))];
        },
        ["RandomInput"] = (n, x, s) =>
        {
            Array64 drawn = Drawn(n, s[0], (w, i) => n.Attributes.Int("uniform") != 0 ? Between(w(i), -1, 1) : Normal(w, i));
            return [Operators.Fill(s[0], i => Rests(n) ? x[0]![i] : drawn[i])];
        },
        ["RandomAffine"] = (n, x, s) =>
        {
            Array64 u = Drawn(n, [s[0][0], 4], (w, i) => Between(w(i), -1, 1));
            return [Operators.Fill(s[0], i => Rests(n) ? x[0]![i] : Affine(n, x[0]!, s[0], i, u))];
        },
        ["GaussianSampler"] = (n, x, s) =>
        {
            Array64 z = Drawn(n, s[0], Normal);
            return [Operators.Fill(s[0], i => x[0]![i] + (Rests(n) ? 0 : Math.Exp(x[1]![i] / 2) * z[i]))];
        },
        ["RRelu"] = (n, x, s) =>
        {
            (float low, float high) = (n.Attributes.Float("lower"), n.Attributes.Float("upper"));
            Array64 slope = Drawn(n, s[0], (w, i) => Between(w(i), low, high));
            return [Operators.Fill(s[0], i => x[0]![i] > 0 ? x[0]![i] : x[0]![i] * (Rests(n) ? ((double)low + high) / 2 : slope[i]))];
        },
    };

    private static bool Rests(Node n) => n.Attributes.Int("stream") < 0;

    private static double Mask(Node n, uint word) => Philox.Uniform(word) >= n.Attributes.Float("ratio") ? 1 : 0;

    private static double Between(uint word, double low, double high) => low + ((high - low) * Philox.Uniform(word));

    // The value at z R p + t, p and the place seen from the centre of the image.
    private static double Affine(Node n, Array64 x, long[] shape, long[] at, Array64 drawn)
    {
        double U(long element) => drawn[[at[0], element]];
        (long height, long width) = (shape[2], shape[3]);
        double angle = n.Attributes.Float("degrees") * Math.PI / 180 * U(0);
        double zoom = 1 + (n.Attributes.Float("scale") * U(1));
        (double px, double py) = (at[3] - ((width - 1) / 2.0), at[2] - ((height - 1) / 2.0));
        double sx = (zoom * ((Math.Cos(angle) * px) - (Math.Sin(angle) * py))) + (n.Attributes.Float("shift") * U(2)) + ((width - 1) / 2.0);
        double sy = (zoom * ((Math.Sin(angle) * px) + (Math.Cos(angle) * py))) + (n.Attributes.Float("shift") * U(3)) + ((height - 1) / 2.0);
        (sx, sy) = (Math.Clamp(sx, 0, width - 1), Math.Clamp(sy, 0, height - 1));
        (long left, long top) = ((long)sx, (long)sy);
        double Tap(long h, long w) => h < height && w < width ? x[[at[0], at[1], h, w]] * (1 - Math.Abs(sy - h)) * (1 - Math.Abs(sx - w)) : 0;
        return Tap(top, left) + Tap(top, left + 1) + Tap(top + 1, left) + Tap(top + 1, left + 1);
    }

    private static double Normal(Func<long, uint> word, long i)
    {
        (double first, double second) = Philox.Normals(word(i & ~1L), word(i | 1));
        return (i & 1) == 0 ? first : second;
    }

    private static Array64 Drawn(Node n, long[] shape, Func<Func<long, uint>, long, double> make)
    {
        int axis = n.Inputs[0]!.Shape.RowAxis;
        long positions = axis < 0 ? 1 : n.Inputs[0]!.Shape[axis].Factor;
        uint purpose = Philox.Purpose(RandomKind.Dropout, Math.Max(0, (int)n.Attributes.Int("stream")));
        return Operators.Fill(shape, i =>
        {
            long row = axis < 0 ? 0 : i[axis] / positions;
            long element = 0;
            for (int a = 0; a < i.Length; a++)
            {
                element = a == axis ? (element * positions) + (i[a] % positions) : (element * shape[a]) + i[a];
            }

            return make(e => Philox.Words(Runner.Seed, purpose, Runner.Epoch, 0, row, e / 4)[(int)(e % 4)], element);
        });
    }
}
