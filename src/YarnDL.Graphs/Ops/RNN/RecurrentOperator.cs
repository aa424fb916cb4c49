using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops.Recurrent;

/// <summary>ONNX RNN, GRU and LSTM with layout 0: X (T, N, I) gives Y (T, D, N, H), the last states (D, N, H), and for LSTM the last cells.</summary>
public abstract unsafe class RecurrentOperator : Operator
{
    /// <summary>Gates of the cell.</summary>
    internal abstract int Gates { get; }

    /// <summary>True for LSTM: a second state.</summary>
    internal virtual bool HasCell => false;

    /// <summary>Default activations of one direction.</summary>
    internal abstract string[] Functions { get; }

    public override int Since => 14;

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } =
    [
        new("direction", "forward"), new("hidden_size", null), new("activations", null, Optional: true), new("activation_alpha", null, Optional: true),
        new("activation_beta", null, Optional: true), new("layout", 0L),
    ];

    public override bool IsConstantInput(int input) => input == 4;

    public override ResultType[] Infer(InferContext c)
    {
        RecurrentShape s = RecurrentShape.Of(c, Gates);
        GateFunction.Of(c.Attributes, s.Directions, Functions);
        Dim n = c.Shape(0)[1];
        var state = new SymbolicShape(s.Directions, n, s.Hidden);
        RecurrentShape.Expect(c, 5, state, "initial_h");
        if (HasCell)
        {
            RecurrentShape.Expect(c, 6, state, "initial_c");
            RecurrentShape.Expect(c, 7, new SymbolicShape(s.Directions, 3 * s.Hidden), "P");
        }

        var y = new ResultType(DType.Float32, new SymbolicShape(c.Shape(0)[0], s.Directions, n, s.Hidden));
        var last = new ResultType(DType.Float32, state);
        return HasCell ? [y, last, last] : [y, last];
    }

    public override Value?[] Gradient(GradientContext c) => RecurrentGradient.Rule(c, this);

    /// <summary>ONNX takes lengths as int32 only.</summary>
    public override Value[]? Decompose(GraphBuilder g, Node node)
    {
        if (node.Inputs.Count < 5 || node.Inputs[4] is not { DType: DType.Int64 } lengths)
        {
            return null;
        }

        Value?[] inputs = [.. node.Inputs];
        inputs[4] = g.Add("Cast", lengths, ("to", 6));
        return g.AddNode(this, inputs, node.Attributes, node.Outputs.Count);
    }

    public override double Flops(PrepareContext c) => 2.0 * c.Output(0).ElementCount * Gates * (c.Input(0)[2] + c.Output(0)[3]);

    public override object? Prepare(PrepareContext c) => GateFunction.Of(c.Attributes, (int)c.Output(0)[1], Functions);

    public override long ScratchBytes(PrepareContext c) =>
        sizeof(float) * ((c.Input(0).CountTo(2) * Gates * c.Output(0)[3]) + (c.Input(0)[1] * c.Output(0)[3] * (Gates + 5)) + (Gates * c.Output(0)[3] * c.Output(0)[3]) + 64) + (c.Input(0)[1] * sizeof(long));

    public override void Run(in RunContext c)
    {
        var run = new RecurrentRun(c, (GateFunction[])c.State!, Gates, HasCell, (float*)c.Scratch);
        for (int d = 0; d < run.Directions; d++)
        {
            run.Forward(c, d);
        }
    }
}
