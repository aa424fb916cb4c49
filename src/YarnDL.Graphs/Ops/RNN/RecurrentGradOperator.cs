using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops.Recurrent;

/// <summary>The loop back in time of a recurrent node.</summary>
public abstract unsafe class RecurrentGradOperator : Operator
{
    /// <summary>The forward operator.</summary>
    protected abstract RecurrentOperator Forward { get; }

    public override string Name => Forward.Name + "Grad";

    public override string Domain => "yarndl";

    public override string Doc => $"(inputs of {Forward.Name}, Y, dY, dY_h, dY_c) to the gradients of the gates before activation by the side of the input and of the state (D, T, N, gates·H), the states before each step, the gradient of initial_h, then for LSTM that of initial_c and the cells before and after each step, for GRU without linear_before_reset the reset states.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs => Forward.AttributeSpecs;

    public override bool IsConstantInput(int input) => true;

    public override Value?[] Gradient(GradientContext c) =>
        throw new GraphException($"[{Name}] is forward only: second derivatives of recurrent layers are not supported");

    public override ResultType[] Infer(InferContext c)
    {
        for (int i = 0; i < 12; i++)
        {
            c.Has(i);
        }

        RecurrentShape s = RecurrentShape.Of(c, Forward.Gates);
        Dim time = c.Shape(0)[0];
        Dim n = c.Shape(0)[1];
        ResultType All(long width) => new(DType.Float32, new SymbolicShape(s.Directions, time, n, width));
        var state = new ResultType(DType.Float32, new SymbolicShape(s.Directions, n, s.Hidden));
        bool linear = c.Attributes.Find<object>("linear_before_reset") is long and not 0;
        ResultType gates = All(Forward.Gates * s.Hidden);
        ResultType other = linear ? gates : new ResultType(DType.Float32, new SymbolicShape(0));
        return Forward.HasCell ? [gates, other, All(s.Hidden), state, state, All(s.Hidden), All(s.Hidden)]
            : Forward.Gates == 3 && !linear ? [gates, other, All(s.Hidden), state, All(s.Hidden)] : [gates, other, All(s.Hidden), state];
    }

    public override double Flops(PrepareContext c) => 4.0 * c.Output(2).ElementCount * Forward.Gates * (c.Input(0)[2] + c.Output(2)[3]);

    public override object? Prepare(PrepareContext c) => GateFunction.Of(c.Attributes, (int)c.Output(2)[0], Forward.Functions);

    public override long ScratchBytes(PrepareContext c) =>
        sizeof(float) * ((2 * c.Input(0).CountTo(2) * Forward.Gates * c.Output(2)[3]) + (4 * c.Input(0)[1] * c.Output(2)[3]) + (Forward.Gates * c.Output(2)[3] * c.Output(2)[3]) + 64) + (c.Input(0)[1] * sizeof(long));

    public override void Run(in RunContext c)
    {
        var run = new RecurrentRun(c, (GateFunction[])c.State!, Forward.Gates, Forward.HasCell, (float*)c.Scratch);
        for (int d = 0; d < run.Directions; d++)
        {
            run.Backward(c, d);
        }
    }
}
