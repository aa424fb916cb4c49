using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Expand: broadcasts to a shape known before the run.</summary>
public sealed unsafe class Expand : Operator
{
    public override string Name => "Expand";

    public override string Doc => "X broadcast with the given shape.";

    public override ResultType[] Infer(InferContext c)
    {
        IReadOnlyList<Dim> wanted = c.KnownValue(1) ?? throw c.Error("the shape is computed while the graph runs", "make it a constant or arithmetic on shapes");
        return [new(c.DType(0), BroadcastRule.Join(c, c.Shape(0), new SymbolicShape([.. wanted])))];
    }

    public override bool IsConstantInput(int input) => input > 0;

    public override bool ReadsInput(Node node, int input) => input == 0;

    public override Value?[] Gradient(GradientContext c) => [c.SumTo(c.Dy, c.Input(0)), null];

    public override double Flops(PrepareContext c) => 0;

    public override object? Prepare(PrepareContext c) =>
        new Strided(c.Output(0), Strided.Broadcast(c.Input(0), c.Output(0)), c.Node.Outputs[0]!.DType.Size());

    public override void Run(in RunContext c) => ((Strided)c.State!).Copy(c.Pool, c.Inputs[0].Data, c.Outputs[0].Data);

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 1, 3), new(3)], Attributes.None) { Integers = { [1] = [1, 4, 1] } },
        new([new(3), new(2)], Attributes.None) { Integers = { [1] = [2, 3] } },
    ];
}
