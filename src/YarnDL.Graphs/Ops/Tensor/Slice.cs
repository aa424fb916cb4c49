using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Slice (13) with starts, ends, axes and steps known before the run.</summary>
public sealed unsafe class Slice : Operator
{
    public override string Name => "Slice";

    public override string Doc => "The part of X from starts to ends (exclusive) with steps along axes; negative numbers count from the end.";

    public override ResultType[] Infer(InferContext c) => [Part(c, 0)];

    /// <summary>The part of input <paramref name="at"/> that the inputs behind it name.</summary>
    internal static ResultType Part(InferContext c, int at)
    {
        SymbolicShape x = c.Shape(at);
        long[] starts = c.KnownInts(at + 1, "starts");
        long[] ends = c.KnownInts(at + 2, "ends");
        long[] axes = c.Has(at + 3) ? c.KnownInts(at + 3, "axes") : First(starts.Length);
        long[] steps = c.Has(at + 4) ? c.KnownInts(at + 4, "steps") : [];
        if (ends.Length != starts.Length || axes.Length != starts.Length || (steps.Length != 0 && steps.Length != starts.Length))
        {
            throw c.Error($"{starts.Length} starts, {ends.Length} ends, {axes.Length} axes and {steps.Length} steps are given", "there is one of each for every axis that is cut");
        }

        Dim[] dims = x.Dims.ToArray();
        IReadOnlyList<Dim>? known = x.Rank == 1 ? c.Input(at).Known : null;
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = c.Axis(axes[i], x.Rank);
            long step = i < steps.Length ? steps[i] : 1;
            if (step == 0)
            {
                throw c.Error("a step is 0", "steps are positive or negative");
            }

            if (!dims[axis].IsFixed)
            {
                if (starts[i] == 0 && ends[i] >= int.MaxValue && step == 1)
                {
                    continue;
                }

                throw c.Error($"axis {axis} of {x} runs over rows", "rows cannot be cut inside a graph");
            }

            (long start, long count) = Range(starts[i], ends[i], step, dims[axis].Factor);
            if (known is not null)
            {
                var part = new Dim[count];
                for (int k = 0; k < count; k++)
                {
                    part[k] = known[(int)(start + (k * step))];
                }

                known = part;
            }

            dims[axis] = count;
        }

        return new(c.DType(at), new SymbolicShape(dims), known);
    }

    public override bool IsConstantInput(int input) => input > 0;

    public override bool ReadsInput(Node node, int input) => input == 0;

    public override Value?[] Gradient(GradientContext c)
    {
        Value?[] rest = [.. c.Node.Inputs.Skip(1)];
        return [c.G.AddNode(OperatorTable.Get("SliceGrad"), [c.Dy, c.Input(0), .. rest], Attributes.None, 1)[0]];
    }

    public override double Flops(PrepareContext c) => 0;

    public override object? Prepare(PrepareContext c)
    {
        (long[] steps, long offset) = Window(c.Node, 0, c.Input(0));
        return (new Strided(c.Output(0), steps, c.Node.Outputs[0]!.DType.Size()), offset * c.Node.Outputs[0]!.DType.Size());
    }

    public override void Run(in RunContext c)
    {
        (Strided copy, long offset) = ((Strided, long))c.State!;
        copy.Copy(c.Pool, c.Inputs[0].U8 + offset, c.Outputs[0].Data);
    }

    /// <summary>Steps and first element of the part, in elements of a dense <paramref name="whole"/>; arguments start behind input <paramref name="at"/>.</summary>
    internal static (long[] Steps, long Offset) Window(Node node, int at, Shape whole)
    {
        long[] starts = Ints(node, at + 1);
        long[] ends = Ints(node, at + 2);
        long[] axes = node.Inputs.Count > at + 3 && node.Inputs[at + 3] is not null ? Ints(node, at + 3) : First(starts.Length);
        long[] given = node.Inputs.Count > at + 4 && node.Inputs[at + 4] is not null ? Ints(node, at + 4) : [];
        var steps = new long[whole.Rank];
        for (int a = 0; a < steps.Length; a++)
        {
            steps[a] = whole.CountFrom(a + 1);
        }

        long offset = 0;
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = (int)(axes[i] < 0 ? axes[i] + whole.Rank : axes[i]);
            long step = i < given.Length ? given[i] : 1;
            long start = Range(starts[i], ends[i], step, whole[axis]).Start;
            offset += start * steps[axis];
            steps[axis] *= step;
        }

        return (steps, offset);
    }

    private static long[] Ints(Node node, int input) => [.. node.Inputs[input]!.Known!.Select(d => d.Factor)];

    private static long[] First(int count)
    {
        var axes = new long[count];
        for (int i = 0; i < count; i++)
        {
            axes[i] = i;
        }

        return axes;
    }

    private static (long Start, long Count) Range(long start, long end, long step, long extent)
    {
        start = start < 0 ? start + extent : start;
        end = end < 0 && end > -int.MaxValue ? end + extent : end;
        if (step > 0)
        {
            start = Math.Clamp(start, 0, extent);
            end = Math.Clamp(end, 0, extent);
            return (start, Math.Max(0, (end - start + step - 1) / step));
        }

        start = Math.Clamp(start, -1, extent - 1);
        end = Math.Clamp(end, -1, extent - 1);
        return (start, Math.Max(0, (start - end - step - 1) / -step));
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 6), new(1), new(1), new(1)], Attributes.None) { Integers = { [1] = [1], [2] = [4], [3] = [1] } },
        new([new(Dim.N, 6, 3), new(2), new(2), new(2), new(2)], Attributes.None) { Integers = { [1] = [-1, 0], [2] = [0, 3], [3] = [1, 2], [4] = [-2, 2] } },
    ];
}
