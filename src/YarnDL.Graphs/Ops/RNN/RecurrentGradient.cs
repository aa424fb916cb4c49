using YarnDL.Graphs.Gradients;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops.Recurrent;

/// <summary>The gradient rule of recurrent nodes: one loop back in time for the gates, matrix products over rows for the weights.</summary>
internal static class RecurrentGradient
{
    public static Value?[] Rule(GradientContext c, RecurrentOperator op)
    {
        GraphBuilder g = c.G;
        var inputs = new Value?[12];
        for (int i = 0; i < 8; i++)
        {
            inputs[i] = c.Has(i) ? c.Input(i) : null;
        }

        inputs[8] = c.Output(0);
        for (int i = 0; i < 3; i++)
        {
            inputs[9 + i] = c.OutputGradient(i);
        }

        bool linear = c.Attributes.Find<object>("linear_before_reset") is long and not 0;
        bool twoParts = op.Gates == 3 && !linear;
        Value[] o = g.AddNode(OperatorTable.Get(op.Name + "Grad"), inputs, c.Attributes, op.HasCell ? 7 : twoParts ? 5 : 4);
        Value x = c.Input(0);
        int directions = (int)c.Input(1).Shape[0].Factor;
        var dx = new List<Value>();
        var dw = new List<Value>();
        var dr = new List<Value>();
        var db = new List<Value>();
        var dp = new List<Value>();
        Value columns = Products.AsMatrix(g, x);
        for (int d = 0; d < directions; d++)
        {
            Value gates = Part(g, o[0], d);
            Value stateGates = linear ? Part(g, o[1], d) : gates;
            Value gateColumns = Products.AsMatrix(g, gates);
            Value stateColumns = linear ? Products.AsMatrix(g, stateGates) : gateColumns;
            if (c.Needs(0))
            {
                dx.Add(g.Add("MatMul", gates, Part(g, c.Input(1), d)));
            }

            if (c.Needs(1))
            {
                dw.Add(Lead(g, Products.Multiply(g, gateColumns, true, columns, false)));
            }

            if (c.Needs(2))
            {
                Value before = Products.AsMatrix(g, Part(g, o[2], d));
                Value product = Products.Multiply(g, stateColumns, true, before, false);
                if (twoParts)
                {
                    long hidden = c.Input(2).Shape[2].Factor;
                    Value reset = Products.AsMatrix(g, Part(g, o[4], d));
                    Value candidate = Products.Multiply(g, Cut(g, gateColumns, 1, 2 * hidden, 3 * hidden), true, reset, false);
                    product = g.Add("Concat", [Cut(g, product, 0, 0, 2 * hidden), candidate], new Attributes(("axis", 0)));
                }

                dr.Add(Lead(g, product));
            }

            if (c.Needs(3))
            {
                Value sum = Sum(g, gates);
                db.Add(Lead(g, g.Add("Concat", [sum, linear ? Sum(g, stateGates) : sum], new Attributes(("axis", 0)))));
            }

            if (c.Needs(7))
            {
                long hidden = c.Input(2).Shape[2].Factor;
                Value Of(int gate, Value cell) => Sum(g, g.Add("Mul", Cut(g, gates, 2, gate * hidden, (gate + 1) * hidden), Part(g, cell, d)));
                dp.Add(Lead(g, g.Add("Concat", [Of(0, o[5]), Of(1, o[6]), Of(2, o[5])], new Attributes(("axis", 0)))));
            }
        }

        Value? first = dx.Count == 0 ? null : dx.Count == 1 ? dx[0] : g.Add("Add", dx[0], dx[1]);
        Value?[] all = [first, Join(g, dw), Join(g, dr), Join(g, db), null, c.Needs(5) ? o[3] : null, c.Needs(6) ? o[4] : null, Join(g, dp)];
        return all[..c.Node.Inputs.Count];
    }

    /// <summary>One direction of a value whose first axis is directions.</summary>
    private static Value Part(GraphBuilder g, Value v, int d) =>
        Gradients.Shapes.Reshape(g, v.Shape[0] == 1 ? v : Cut(g, v, 0, d, d + 1), new SymbolicShape(v.Shape.Dims[1..]));

    private static Value Cut(GraphBuilder g, Value v, long axis, long from, long to) =>
        g.Add("Slice", [v, g.Constant([from]), g.Constant([to]), g.Constant([axis])]);

    private static Value Lead(GraphBuilder g, Value v) => Gradients.Shapes.Reshape(g, v, new SymbolicShape([1, .. v.Shape.Dims]));

    private static Value Sum(GraphBuilder g, Value v) => Sums.To(g, v, new SymbolicShape(v.Shape[^1]));

    private static Value? Join(GraphBuilder g, List<Value> parts) =>
        parts.Count == 0 ? null : parts.Count == 1 ? parts[0] : g.Add("Concat", [.. parts], new Attributes(("axis", 0)));
}
