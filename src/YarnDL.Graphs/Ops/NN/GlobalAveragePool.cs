using YarnDL.Tensors;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX GlobalAveragePool.</summary>
public sealed unsafe class GlobalAveragePool : Operator
{
    public override string Name => "GlobalAveragePool";

    public override int Since => 1;

    public override string Doc => "The mean over all spatial axes of X (N, C, spatial..), which are kept with extent 1.";

    public override ResultType[] Infer(InferContext c)
    {
        c.Expect(0, DType.Float32);
        SymbolicShape x = c.Shape(0);
        if (x.Rank < 3 || x.RowAxis > 0)
        {
            throw c.Error($"input is {x}", "it must be (N, C, spatial..)");
        }

        Dim[] dims = x.Dims.ToArray();
        Array.Fill(dims, 1, 2, dims.Length - 2);
        return [new(DType.Float32, new SymbolicShape(dims))];
    }

    public override Value?[] Gradient(GradientContext c)
    {
        long taps = 1;
        foreach (Dim d in c.Input(0).Shape.Dims[2..])
        {
            taps *= d.Factor;
        }

        return [c.G.Add("ExpandLike", c.G.Add("Div", c.Dy, c.G.Constant((float)taps)), c.Input(0))];
    }

    public override double Flops(PrepareContext c) => c.Input(0).ElementCount;

    public override void Run(in RunContext c)
    {
        Shape x = c.Inputs[0].Shape;
        Reduce.Run(c.Pool, Reduction.Mean, x, ((1UL << x.Rank) - 1) & ~3UL, c.Inputs[0].F32, c.Outputs[0].F32);
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3, 4, 5)], Attributes.None), new([new(Dim.N, 3, 20)], Attributes.None)];
}
