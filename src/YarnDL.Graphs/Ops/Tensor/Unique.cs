using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Unique of the flat value.</summary>
public sealed unsafe class Unique : Operator
{
    public override string Name => "Unique";

    public override int Since => 11;

    public override string Doc => "The different elements of flat X, ascending (sorted) or by first occurrence; outputs 1 to 3: where each occurs first, for each element of X its place in Y, how often each occurs. Their number depends on data.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("sorted", 1L)];

    public override bool IsConstantInput(int input) => true;

    public override Value?[] Gradient(GradientContext c) => [null];

    public override ResultType[] Infer(InferContext c)
    {
        c.ExpectInputs(1);
        if (!c.Shape(0).IsFixed || c.DType(0) is not (DType.Float32 or DType.Int64 or DType.Int32))
        {
            throw c.Error($"input is {c.DType(0)}{c.Shape(0)}", "it must be float32, int64 or int32 and cannot run over rows");
        }

        long count = c.Shape(0).At(1).ElementCount;
        SymbolicShape found = new(Dim.AtMost(count));
        return [new(c.DType(0), found), new(DType.Int64, found), new(DType.Int64, new(count)), new(DType.Int64, found)];
    }

    public override long ScratchBytes(PrepareContext c) => 5 * c.Input(0).ElementCount * sizeof(long);

    public override void Run(in RunContext c)
    {
        switch (c.Inputs[0].DType)
        {
            case DType.Float32: Of<float>(c); break;
            case DType.Int64: Of<long>(c); break;
            default: Of<int>(c); break;
        }
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(11)], Attributes.None, Outputs: 4) { Indices = { [0] = 5 } },
        new([new(3, 4)], new(("sorted", 0)), Outputs: 4) { Indices = { [0] = 5 } },
        new([new(9)], Attributes.None, Outputs: 4),
    ];

    private static void Of<T>(in RunContext c)
        where T : unmanaged, IComparable<T>
    {
        var x = (T*)c.Inputs[0].Data;
        int count = checked((int)c.Inputs[0].Count);
        long* scratch = (long*)c.Scratch;
        var values = new Span<T>(scratch, count);
        var places = new Span<long>(scratch + count, count);
        for (int i = 0; i < count; i++)
        {
            values[i] = x[i];
            places[i] = i;
        }

        // Equal elements stay in any order; the first occurrence of each is found after.
        values.Sort(places);
        long* first = scratch + (2L * count);
        long* times = scratch + (3L * count);
        long* group = scratch + (4L * count);
        int found = 0;
        for (int i = 0; i < count; i++)
        {
            if (i == 0 || values[i].CompareTo(values[i - 1]) != 0)
            {
                first[found] = places[i];
                times[found++] = 0;
            }

            first[found - 1] = Math.Min(first[found - 1], places[i]);
            times[found - 1]++;
            group[places[i]] = found - 1;
        }

        // order[k] = the group that comes k-th, rank[g] = where group g comes.
        var order = new Span<long>(scratch, found);
        var keys = new Span<long>(scratch + count, found);
        for (int g = 0; g < found; g++)
        {
            order[g] = g;
            keys[g] = first[g];
        }

        if (c.Attributes.Int("sorted") == 0)
        {
            keys.Sort(order);
        }

        for (int k = 0; k < found; k++)
        {
            keys[(int)order[k]] = k;
        }

        for (int k = 0; k < found; k++)
        {
            ((T*)c.Outputs[0].Data)[k] = x[first[order[k]]];
            Put(c, 1, k, first[order[k]]);
            Put(c, 3, k, times[order[k]]);
        }

        for (int i = 0; i < count; i++)
        {
            Put(c, 2, i, keys[(int)group[i]]);
        }

        c.Sizes.Fill(found);
    }

    private static void Put(in RunContext c, int output, long at, long value)
    {
        if (output < c.Outputs.Length && !c.Outputs[output].IsEmpty)
        {
            c.Outputs[output].I64[at] = value;
        }
    }
}
