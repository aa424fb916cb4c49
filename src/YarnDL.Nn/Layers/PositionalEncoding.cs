using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>(N, T, E) plus sines and cosines of the position at falling rates. Vaswani et al. 2017.</summary>
/// <param name="concatenated">Sines in the first half, cosines in the second, rates base^(-i / (E/2 - 1)), as tensor2tensor; else in turn, rates base^(-2i / E).</param>
/// <param name="rates">The base.</param>
public sealed class PositionalEncoding(bool concatenated = false, double rates = 10000) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => x.Shape.Rank != 3 ? throw scope.Error($"input has shape {x.Shape}", "it takes (N, T, E)")
        : scope.G.Add("Add", x, scope.G.Constant(Table(x.Shape[1].Factor, x.Shape[2].Factor)));

    private Tensor Table(long steps, long width)
    {
        var table = new float[steps * width];
        long half = width / 2;
        for (int i = 0; i < table.Length; i++)
        {
            long k = i % width;
            double rate = Maths.Pow(rates, concatenated ? -(double)(k % half) / Math.Max(1, (width / 2.0) - 1) : -(k / 2 * 2.0) / width);
            double angle = i / width * rate;
            table[i] = (float)((concatenated ? k < half : k % 2 == 0) ? Maths.Sin(angle) : Maths.Cos(angle));
        }

        return Tensor.From<float>(new Shape(steps, width), table);
    }
}
