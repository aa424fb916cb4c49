using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>Broadcasts to the shape of another value; the way back of a sum.</summary>
public sealed unsafe class ExpandLike : Operator
{
    public override string Name => "ExpandLike";

    public override string Domain => "yarndl";

    public override string Doc => "X broadcast to the shape of the second input, whose content is not read.";

    public override ResultType[] Infer(InferContext c)
    {
        SymbolicShape shape = BroadcastRule.Join(c, c.Shape(0), c.Shape(1));
        return shape.Equals(c.Shape(1)) ? [new(c.DType(0), shape)]
            : throw c.Error($"{c.Shape(0)} does not broadcast to {c.Shape(1)}", "extents, aligned at the last axis, must be equal or 1");
    }

    public override bool IsConstantInput(int input) => input > 0;

    public override bool ReadsInput(Node node, int input) => input == 0;

    public override Value?[] Gradient(GradientContext c) => [c.SumTo(c.Dy, c.Input(0)), null];

    public override double Flops(PrepareContext c) => 0;

    public override object? Prepare(PrepareContext c) =>
        new Strided(c.Output(0), Strided.Broadcast(c.Input(0), c.Output(0)), c.Node.Outputs[0]!.DType.Size());

    public override void Run(in RunContext c) => ((Strided)c.State!).Copy(c.Pool, c.Inputs[0].Data, c.Outputs[0].Data);

    public override Value[]? Decompose(GraphBuilder g, Node node) => [g.Add("Expand", node.Inputs[0]!, g.Add("Shape", node.Inputs[1]!))];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 1), new(Dim.N, 4)], Attributes.None), new([SymbolicShape.Scalar, new(Dim.N, 4)], Attributes.None)];
}
