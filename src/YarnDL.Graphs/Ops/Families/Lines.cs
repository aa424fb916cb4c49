using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>
/// The element-wise walk over up to three broadcast inputs, cut into lines along which every input is dense or a single element.
/// Made once per shape.
/// </summary>
public sealed unsafe class Lines
{
    private const long ItemElements = 16384;
    private readonly long[] _extents;
    private readonly long[][] _steps;
    private readonly bool[] _fixed;
    private readonly int[] _sizes;
    private readonly int _outputSize;
    private readonly long _inner;
    private readonly long _outer;

    /// <param name="c">The node, its output 0 and its inputs.</param>
    /// <param name="inputs">How many of the inputs take part.</param>
    public Lines(PrepareContext c, int inputs)
    {
        Shape y = c.Output(0);
        var steps = new long[3][];
        _sizes = new int[3];
        _fixed = new bool[3];
        for (int i = 0; i < 3; i++)
        {
            steps[i] = i < inputs ? Strided.Broadcast(c.Input(i), y) : new long[y.Rank];
            _sizes[i] = i < inputs ? c.Node.Inputs[i]!.DType.Size() : 0;
        }

        _outputSize = c.Node.Outputs[0]!.DType.Size();
        var extents = new List<long>();
        var joined = new List<long[]>();
        for (int a = 0; a < y.Rank; a++)
        {
            if (y[a] == 1)
            {
                continue;
            }

            long[] step = [steps[0][a], steps[1][a], steps[2][a]];
            if (extents.Count > 0 && Continues(joined[^1], step, y[a]))
            {
                extents[^1] *= y[a];
                joined[^1] = step;
            }
            else
            {
                extents.Add(y[a]);
                joined.Add(step);
            }
        }

        _inner = extents.Count == 0 ? y.ElementCount : extents[^1];
        for (int i = 0; i < 3; i++)
        {
            _fixed[i] = extents.Count > 0 && joined[^1][i] == 0;
        }

        _extents = [.. extents.Take(Math.Max(0, extents.Count - 1))];
        _steps = [.. joined.Take(Math.Max(0, joined.Count - 1))];
        _outer = _inner == 0 ? 0 : y.ElementCount / _inner;
    }

    /// <summary>Computes every line.</summary>
    public void Run<TLine>(in RunContext c)
        where TLine : struct, ILine
    {
        if (_outer == 0)
        {
            return;
        }

        var job = new Job<TLine>
        {
            Plan = this,
            A = c.Inputs[0].U8,
            B = c.Inputs.Length > 1 ? c.Inputs[1].U8 : null,
            C = c.Inputs.Length > 2 ? c.Inputs[2].U8 : null,
            Y = c.Outputs[0].U8,
        };
        job.Pieces = (_inner + ItemElements - 1) / ItemElements;
        job.OuterPerItem = job.Pieces > 1 ? 1 : Math.Max(1, ItemElements / _inner);
        c.Pool.Run(ref job, ((_outer + job.OuterPerItem - 1) / job.OuterPerItem) * job.Pieces);
    }

    private static bool Continues(long[] before, long[] step, long extent)
    {
        for (int i = 0; i < before.Length; i++)
        {
            if (before[i] != step[i] * extent)
            {
                return false;
            }
        }

        return true;
    }

    private struct Job<TLine> : IParallelJob
        where TLine : struct, ILine
    {
        public Lines Plan;
        public byte* A;
        public byte* B;
        public byte* C;
        public byte* Y;
        public long Pieces;
        public long OuterPerItem;

        public readonly void Execute(long item, int thread)
        {
            Lines p = Plan;
            long piece = item % Pieces;
            long first = piece * ItemElements;
            long count = Math.Min(p._inner - first, Pieces > 1 ? ItemElements : p._inner);
            long start = item / Pieces * OuterPerItem;
            long end = Math.Min(p._outer, start + OuterPerItem);
            for (long o = start; o < end; o++)
            {
                long rest = o;
                long a = p._fixed[0] ? 0 : first;
                long b = p._fixed[1] ? 0 : first;
                long c = p._fixed[2] ? 0 : first;
                for (int k = p._extents.Length - 1; k >= 0; k--)
                {
                    long q = rest / p._extents[k];
                    long index = rest - (q * p._extents[k]);
                    long[] step = p._steps[k];
                    a += index * step[0];
                    b += index * step[1];
                    c += index * step[2];
                    rest = q;
                }

                TLine.Run(A + (a * p._sizes[0]), p._fixed[0], B + (b * p._sizes[1]), p._fixed[1], C + (c * p._sizes[2]), p._fixed[2],
                    Y + (((o * p._inner) + first) * p._outputSize), count);
            }
        }
    }
}
