using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>A recurrent operator step by step, where steps whose features all equal a number change nothing.</summary>
/// <param name="g">The graph.</param>
/// <param name="op">LSTM, GRU or RNN.</param>
/// <param name="attributes">Of the operator.</param>
/// <param name="x">What tells which steps are passed over: (N, T, C).</param>
/// <param name="skip">The number.</param>
/// <param name="backwards">From the last step to the first.</param>
/// <param name="hidden">Width of the state.</param>
internal sealed class SkippedSteps(GraphBuilder g, string op, Attributes attributes, Value x, double skip, bool backwards, long hidden)
{
    /// <summary>Results (T, 1, N, H) and the last state (1, N, H).</summary>
    /// <param name="inputs">Of the operator: X (T, N, C), W, R, B, none, first state, first cell, P.</param>
    public Value[] Run(Value?[] inputs)
    {
        int steps = checked((int)x.Shape[1].Factor);
        Value h = inputs[0]!;
        Value other = g.Add("ReduceMax", g.Add("Abs", g.Add("Sub", x, g.Constant((float)skip))), g.Constant([-1L]), ("keepdims", 1));
        Value counts = g.Add("Transpose", g.Add("Greater", other, g.Constant(0f)), ("perm", new long[] { 1, 0, 2 }));
        Value nothing = g.Add("Pick", At(h, 0), ("axis", -1), ("indices", new long[hidden].Select(_ => -1L).ToArray()));
        Value state = inputs[5] ?? nothing;
        Value cell = inputs[6] ?? nothing;
        bool cells = op == "LSTM";
        Attributes forward = attributes.With("direction", "forward");
        var results = new Value[steps];
        for (int i = 0; i < steps; i++)
        {
            int t = backwards ? steps - 1 - i : i;
            Value?[] now = [At(h, t), .. inputs[1..5], state, cells ? cell : null, inputs[7]];
            int given = Array.FindLastIndex(now, v => v is not null) + 1;
            Value[] next = g.AddNode(OperatorTable.Get(op), now.AsSpan(0, given), forward, cells ? 3 : 2);
            Value goes = At(counts, t);
            state = g.Add("Where", [goes, next[1], state]);
            cell = cells ? g.Add("Where", [goes, next[2], cell]) : cell;
            results[t] = state;
        }

        return [g.Add("Unsqueeze", g.Add("Concat", results, new Attributes(("axis", 0))), g.Constant([1L])), state];
    }

    private Value At(Value v, long t) => g.Add("Slice", [v, g.Constant([t]), g.Constant([t + 1]), g.Constant([0L])]);
}
