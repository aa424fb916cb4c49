using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops.Recurrent;

/// <summary>Extents of a recurrent node and the checks on its inputs.</summary>
internal readonly record struct RecurrentShape(int Directions, long Hidden, long Features)
{
    public static RecurrentShape Of(InferContext c, int gates)
    {
        int directions = c.Attributes.String("direction") switch
        {
            "forward" or "reverse" => 1,
            "bidirectional" => 2,
            string other => throw c.Error($"direction is {other}", "it is forward, reverse or bidirectional"),
        };
        if (c.Attributes.Int("layout") != 0)
        {
            throw c.Error("layout is 1", "add a Transpose and use layout 0: X is (T, N, I)");
        }

        SymbolicShape x = c.Shape(0);
        long hidden = c.Attributes.Int("hidden_size");
        if (x.Rank != 3 || !x[0].IsFixed || !x[2].IsFixed)
        {
            throw c.Error($"X is {x}", "it must be (T, N, I) with rows, if any, as its second axis");
        }

        long features = x[2].Factor;
        c.Expect(0, DType.Float32);
        Expect(c, 1, new SymbolicShape(directions, gates * hidden, features), "W");
        Expect(c, 2, new SymbolicShape(directions, gates * hidden, hidden), "R");
        Expect(c, 3, new SymbolicShape(directions, 2 * gates * hidden), "B");
        if (!c.Has(1) || !c.Has(2))
        {
            throw c.Error("W or R is missing", "give both weights");
        }

        if (c.Has(4) && (c.DType(4) is not (DType.Int32 or DType.Int64) || !c.Shape(4).Equals(new SymbolicShape(x[1]))))
        {
            throw c.Error($"sequence_lens is {c.DType(4)}{c.Shape(4)}", $"it must be int32 or int64 {new SymbolicShape(x[1])}");
        }

        return new RecurrentShape(directions, hidden, features);
    }

    public static void Expect(InferContext c, int input, SymbolicShape shape, string name)
    {
        if (c.Has(input) && (!c.Shape(input).Equals(shape) || c.DType(input) != DType.Float32))
        {
            throw c.Error($"{name} is {c.DType(input)}{c.Shape(input)}", $"it must be float32 {shape}");
        }
    }
}
