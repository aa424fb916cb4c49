using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>Long short-term memory whose products are convolutions: (N, T, C, H, W) to (N, T, filters, H', W'), or the last step. Gates i, f, g, o; <c>weight_ih</c> (4 filters, C, k, k), <c>weight_hh</c> (4 filters, filters, k, k), <c>bias</c> (4 filters), with peepholes <c>weight_peephole</c> (3, filters) for i, f, o. Shi et al. 2015.</summary>
/// <param name="filters">Channels of the state.</param>
/// <param name="kernel">Height and width.</param>
/// <param name="stride">Of the convolution of the input.</param>
/// <param name="sequences">All steps, or the last.</param>
/// <param name="peepholes">The gates also see the cell.</param>
public sealed class ConvLSTM2d(long filters, Size2 kernel, Size2? stride = null, bool sequences = true, bool peepholes = false) : Module
{
    /// <summary>The input keeps its extents (over the stride), as Keras' same; else it shrinks by the kernel.</summary>
    public bool Same { get; init; } = true;

    /// <summary>Whether there is a bias.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>Gates by 0.2 x + 0.5 limited to 0 .. 1, as Keras had it.</summary>
    public bool HardGates { get; init; }

    public override Value Forward(ModuleScope scope, Value x)
    {
        if (x.Shape.Rank != 5)
        {
            throw scope.Error($"input has shape {x.Shape}", "it takes (N, T, C, H, W)");
        }

        GraphBuilder g = scope.G;
        long steps = x.Shape[1].Factor;
        long fan = filters * kernel.Height * kernel.Width;
        Value input = scope.Parameter("weight_ih", new Shape(4 * filters, x.Shape[2].Factor, kernel.Height, kernel.Width), Initialiser.XavierUniform());
        Value state = scope.Parameter("weight_hh", new Shape(4 * filters, filters, kernel.Height, kernel.Width), Initialiser.Orthogonal());
        Value? bias = Bias ? scope.Parameter("bias", new Shape(4 * filters), Initialiser.Zeros) : null;
        Value? eyes = peepholes ? scope.Parameter("weight_peephole", new Shape(3, filters), Initialiser.FanInUniform(fan)) : null;
        Value? Eye(long gate) => eyes is null ? null : g.Add("Reshape", g.Add("Gather", eyes, g.Constant(Tensor.Scalar(gate)), ("axis", 0)), g.Constant([filters, 1L, 1L]));
        Value? eyeI = Eye(0);
        Value? eyeF = Eye(1);
        Value? eyeO = Eye(2);
        Value flat = g.Add("Reshape", x, g.Constant([-1L, .. x.Shape.Dims[2..].ToArray().Select(d => d.Factor)]));
        Value all = g.Add("Conv", bias is null ? [flat, input] : [flat, input, bias],
            new Attributes(("strides", (stride ?? 1).ToArray()), ("auto_pad", Same ? "SAME_UPPER" : "VALID")));
        all = g.Add("Reshape", all, g.Constant([-1L, steps, .. all.Shape.Dims[1..].ToArray().Select(d => d.Factor)]));
        Value? h = null;
        Value? c = null;
        var results = new Value[steps];
        for (int t = 0; t < results.Length; t++)
        {
            Value sum = g.Add("Gather", all, g.Constant(Tensor.Scalar((long)t)), ("axis", 1));
            sum = h is null ? sum : g.Add("Add", sum, g.Add("Conv", [h, state], new Attributes(("auto_pad", "SAME_UPPER"))));
            Value Part(long gate) => g.Add("Slice", [sum, g.Constant([gate * filters]), g.Constant([(gate + 1) * filters]), g.Constant([1L])]);
            Value Seen(Value v, Value? cell, Value? eye) => cell is null || eye is null ? v : g.Add("Add", v, g.Add("Mul", cell, eye));
            Value Gate(Value v) => g.Add(HardGates ? "HardSigmoid" : "Sigmoid", v);
            Value i = Gate(Seen(Part(0), c, eyeI));
            Value fresh = g.Add("Mul", i, g.Add("Tanh", Part(2)));
            c = c is null ? fresh : g.Add("Add", g.Add("Mul", Gate(Seen(Part(1), c, eyeF)), c), fresh);
            h = g.Add("Mul", Gate(Seen(Part(3), c, eyeO)), g.Add("Tanh", c));
            results[t] = h;
        }

        return sequences ? g.Add("Concat", [.. results.Select(r => g.Add("Unsqueeze", r, g.Constant([1L])))], new Attributes(("axis", 1))) : h!;
    }
}
