namespace YarnDL.Graphs.Ops.Families;

/// <summary>
/// An operator that is made of others: its body is a formula in nodes. Shapes and gradients follow from the body, programs run the body,
/// and files hold the operator itself (domain yarndl: the body).
/// </summary>
public abstract class CompositeOperator : Operator
{
    /// <summary>Fewest and most inputs.</summary>
    protected virtual (int Least, int Most) Inputs => (1, 1);

    /// <summary>The nodes that compute the outputs from the inputs (null: missing).</summary>
    protected abstract Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a);

    public sealed override Value[] Expand(GraphBuilder g, IReadOnlyList<Value?> inputs, Attributes attributes) => Body(g, Padded(inputs), attributes);

    public override ResultType[] Infer(InferContext c)
    {
        int count = c.InputCount;
        if (count < Inputs.Least || count > Inputs.Most)
        {
            throw c.Error($"{count} inputs are given", Inputs.Least == Inputs.Most ? $"it takes {Inputs.Least}" : $"it takes {Inputs.Least} to {Inputs.Most}");
        }

        return Expansion.Infer(c, this);
    }

    public override Value?[] Gradient(GradientContext c) => Expansion.Gradient(c);

    public override Value[]? Decompose(GraphBuilder g, Node node) => Domain.Length == 0 ? null : Expand(g, node.Inputs, node.Attributes);

    public override void Run(in RunContext c) => throw new InvalidOperationException($"[{Name}] is made of other nodes; programs run those");

    private Value?[] Padded(IReadOnlyList<Value?> inputs)
    {
        var all = new Value?[Math.Max(inputs.Count, Inputs.Most == int.MaxValue ? 0 : Inputs.Most)];
        for (int i = 0; i < inputs.Count; i++)
        {
            all[i] = inputs[i];
        }

        return all;
    }
}
