using YarnDL.Graphs.Gradients;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Tests.Programs;

/// <summary>A small convolutional network in training form: loss and all gradients, on 8 x 8 images with 3 classes.</summary>
internal static class SmallNet
{
    public static Graph Build()
    {
        var g = new GraphBuilder("small");
        Value x = g.Input("x", DType.Float32, new(Dim.N, 1, 8, 8));
        Value labels = g.Input("labels", DType.Int64, new(Dim.N));
        Value h = g.Add("Conv", [x, g.Parameter("conv.weight", new Shape(4, 1, 3, 3)), g.Parameter("conv.bias", new Shape(4))], new Attributes(("pads", new long[] { 1, 1, 1, 1 })));
        h = g.Add("MaxPool", [g.Add("Relu", h)], new Attributes(("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 })), "pool");
        h = g.Add("Flatten", h);
        h = g.Add("Tanh", [g.Add("Gemm", [h, g.Parameter("fc1.weight", new Shape(10, 64)), g.Parameter("fc1.bias", new Shape(10))], new Attributes(("transB", 1)))], null, "hidden");
        Value logits = g.Add("Gemm", [h, g.Parameter("fc2.weight", new Shape(3, 10)), g.Parameter("fc2.bias", new Shape(3))], new Attributes(("transB", 1)));
        g.Rename(logits, "logits");
        Value loss = g.Add("ReduceSum", [g.Add("SoftmaxCrossEntropy", logits, labels)], new Attributes(("keepdims", 0)));
        g.Rename(loss, "loss");
        Value?[] gradients = GradientBuilder.Append(g, loss, g.Constant(1f), [.. g.Parameters]);
        return g.Build([loss, .. gradients.Select(v => v!)]);
    }

    public static float[] Weights(Graph graph) => Numbers((int)graph.ParameterCount, 0.3f);

    public static Dictionary<string, Array> Inputs(int rows) => new()
    {
        ["x"] = Numbers(rows * 64, 1),
        ["labels"] = Enumerable.Range(0, rows).Select(r => (long)(r % 3)).ToArray(),
    };

    private static float[] Numbers(int count, float scale)
    {
        var values = new float[count];
        uint state = 12345;
        for (int i = 0; i < count; i++)
        {
            state = (state * 1664525) + 1013904223;
            values[i] = (((state >> 8) / (float)(1 << 24)) - 0.5f) * 2 * scale;
        }

        return values;
    }
}
