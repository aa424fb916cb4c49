using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>The gradient of Slice: zero, and dY where the part was.</summary>
public sealed unsafe class SliceGrad : Operator
{
    public override string Name => "SliceGrad";

    public override string Domain => "yarndl";

    public override string Doc => "(dY, X, starts, ends, axes, steps): zeros of the shape of X with dY written where Slice read.";

    public override ResultType[] Infer(InferContext c)
    {
        if (c.InputCount is < 4 or > 6)
        {
            throw c.Error($"{c.InputCount} inputs were given", "it takes dY, X and the limits of the Slice");
        }

        SymbolicShape part = Slice.Part(c, 1).Shape;
        return c.Shape(0).Equals(part) ? [new(c.DType(0), c.Shape(1))]
            : throw c.Error($"dY is {c.Shape(0)}, the part of X {c.Shape(1)} is {part}", "they must be alike");
    }

    public override bool ReadsInput(Node node, int input) => input == 0;

    public override bool IsConstantInput(int input) => input > 0;

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("Slice", [c.Dy, .. c.Node.Inputs.Skip(2)])];

    public override double Flops(PrepareContext c) => 0;

    public override object? Prepare(PrepareContext c)
    {
        (long[] steps, long offset) = Slice.Window(c.Node, 1, c.Input(1));
        return new Scatter(c.Input(0), steps, offset);
    }

    public override void Run(in RunContext c)
    {
        TensorView x = c.Outputs[0];
        new Span<byte>(x.Data, checked((int)(x.Count * x.DType.Size()))).Clear();
        ((Scatter)c.State!).Write(c.Inputs[0], x);
    }

    private sealed class Scatter(Shape part, long[] steps, long offset)
    {
        private readonly long[] _index = new long[steps.Length];

        public void Write(TensorView from, TensorView to)
        {
            int size = from.DType.Size();
            Array.Clear(_index);
            long at = offset;
            for (long i = 0; i < from.Count; i++)
            {
                Buffer.MemoryCopy(from.U8 + (i * size), to.U8 + (at * size), size, size);
                for (int a = _index.Length - 1; a >= 0; a--)
                {
                    at += steps[a];
                    if (++_index[a] < part[a])
                    {
                        break;
                    }

                    at -= steps[a] * part[a];
                    _index[a] = 0;
                }
            }
        }
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3), new(Dim.N, 6), new(1), new(1), new(1)], Attributes.None) { Integers = { [2] = [1], [3] = [4], [4] = [1] } },
    ];
}
