using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>Turns pairs of features by angles that grow with the position: (N, heads, T, D) to the same shape. Su et al. 2021.</summary>
/// <param name="interleaved">Pairs are (2i, 2i + 1); else (i, i + D / 2).</param>
/// <param name="rates">Angles are position · rates^(-2i / D).</param>
public sealed class RotaryEmbedding(bool interleaved = false, double rates = 10000) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        if (x.Shape.Rank != 4 || x.Shape[3].Factor % 2 != 0)
        {
            throw scope.Error($"input has shape {x.Shape}", "it takes (N, heads, T, D) with an even D");
        }

        GraphBuilder g = scope.G;
        (long steps, long width) = (x.Shape[2].Factor, x.Shape[3].Factor);
        var cos = new float[steps * width];
        var sin = new float[steps * width];
        var partner = new long[width];
        for (int i = 0; i < cos.Length; i++)
        {
            long k = i % width;
            long pair = interleaved ? k / 2 : k % (width / 2);
            bool low = interleaved ? k % 2 == 0 : k < width / 2;
            double angle = i / width * Maths.Pow(rates, -2.0 * pair / width);
            cos[i] = (float)Maths.Cos(angle);
            sin[i] = (float)(low ? -Maths.Sin(angle) : Maths.Sin(angle));
            partner[k] = interleaved ? k ^ 1 : (k + (width / 2)) % width;
        }

        Value Table(float[] v) => g.Constant(Tensor.From<float>(new Shape(steps, width), v));
        return g.Add("Add", g.Add("Mul", x, Table(cos)), g.Add("Mul", g.Add("Gather", x, g.Constant(partner), ("axis", 3)), Table(sin)));
    }
}
