using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>A convolution whose output channels see only some input channels, as a table says: (N, C, H, W) to (N, out, H', W'), <c>weight</c> (table, kernel, kernel), <c>bias</c> (out). Torch7's SpatialConvolutionMap; LeCun et al. 1998.</summary>
/// <param name="table">Pairs of an input and an output channel, from 0; a pair that comes twice counts once, the last.</param>
/// <param name="kernel">Height and width.</param>
/// <param name="stride">Step of the window.</param>
/// <param name="padding">Zeros around the image.</param>
/// <param name="bias">Whether there is a bias.</param>
public sealed class MappedConv2d(IReadOnlyList<(int From, int To)> table, Size2 kernel, Size2? stride = null, Size2? padding = null, bool bias = true) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        GraphBuilder g = scope.G;
        long c = x.Shape.Rank == 4 ? x.Shape[1].Factor : throw scope.Error($"input has shape {x.Shape}", "it takes (N, C, H, W)");
        long filters = table.Max(t => t.To) + 1;
        if (table.Any(t => t.From < 0 || t.From >= c || t.To < 0))
        {
            throw scope.Error($"the table names input channels up to {table.Max(t => t.From)}", $"the input has {c}, the first is 0");
        }

        long fan = table.Count * kernel.Height * kernel.Width / filters;
        Value weight = scope.Parameter("weight", new Shape(table.Count, kernel.Height, kernel.Width), Initialiser.FanInUniform(fan));
        Value none = g.Constant(Tensor.From<float>(new Shape(1, kernel.Height, kernel.Width), new float[kernel.Height * kernel.Width]));
        var line = new long[filters * c];
        Array.Fill(line, table.Count);
        for (int i = 0; i < table.Count; i++)
        {
            line[(table[i].To * c) + table[i].From] = i;
        }

        Value full = g.Add("Reshape", g.Add("Gather", g.Add("Concat", [weight, none], new Attributes(("axis", 0))), g.Constant(line), ("axis", 0)), g.Constant([filters, c, kernel.Height, kernel.Width]));
        Value? b = bias ? scope.Parameter("bias", new Shape(filters), Initialiser.FanInUniform(fan)) : null;
        return g.Add("Conv", b is null ? [x, full] : [x, full, b], new Attributes(("strides", (stride ?? 1).ToArray()), ("pads", (padding ?? 0).ToPads())));
    }
}
