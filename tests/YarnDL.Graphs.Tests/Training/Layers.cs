namespace YarnDL.Graphs.Tests.Training;

/// <summary>The layers of the golden runs, straight from operators.</summary>
internal static class Layers
{
    public static Value Linear(GraphBuilder g, Value x, Func<string, Value> parameter, string name) =>
        g.Add("Gemm", [x, parameter(name + ".weight"), parameter(name + ".bias")], new Attributes(("transB", 1)));

    public static Value Conv(GraphBuilder g, Value x, Func<string, Value> parameter, string name, int pad) =>
        g.Add("Conv", [x, parameter(name + ".weight"), parameter(name + ".bias")], new Attributes(("pads", new long[] { pad, pad, pad, pad })));

    public static Value MaxPool(GraphBuilder g, Value x) =>
        g.Add("MaxPool", x, ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }));

    public static Value CrossEntropy(GraphBuilder g, Value logits, Value labels) =>
        g.AddNode(OperatorTable.Get("SoftmaxCrossEntropy"), [logits, labels], Attributes.None, 2)[0];
}
