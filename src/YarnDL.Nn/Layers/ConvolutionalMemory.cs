using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>What the convolutional LSTM layers share.</summary>
internal static class ConvolutionalMemory
{
    public static Value Append(ModuleScope scope, Value x, long filters, long[] kernel, long[] stride, bool sequences, bool peepholes, bool same, bool bias, bool hardGates)
    {
        if (x.Shape.Rank != kernel.Length + 3)
        {
            throw scope.Error($"input has shape {x.Shape}", $"it takes (N, T, C, {(kernel.Length == 2 ? "H, W" : "D, H, W")})");
        }

        Value input = scope.Parameter("weight_ih", new Shape([4 * filters, x.Shape[2].Factor, .. kernel]), Initialiser.XavierUniform());
        Value state = scope.Parameter("weight_hh", new Shape([4 * filters, filters, .. kernel]), Initialiser.Orthogonal());
        Value? b = bias ? scope.Parameter("bias", new Shape(4 * filters), Initialiser.Zeros) : null;
        Value? eyes = peepholes ? scope.Parameter("weight_peephole", new Shape(3 * filters), Initialiser.FanInUniform(filters)) : null;
        Value?[] inputs = eyes is not null ? [x, input, state, b, eyes] : b is not null ? [x, input, state, b] : [x, input, state];
        return scope.G.Add("ConvLSTM", inputs, new Attributes(("auto_pad", same ? "SAME_UPPER" : "VALID"), ("gate", hardGates ? "HardSigmoid" : "Sigmoid"),
            ("sequences", sequences), ("strides", stride)));
    }
}
