using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Training.Steps;

/// <summary>
/// Tables whose layers limit the length of a row (max_norm): a longer row is multiplied by limit / (length + 1e-7), as PyTorch does, at first and after each
/// update. The squares of a row are added in double, in order: the same whatever the threads.
/// </summary>
internal sealed class RowLimits
{
    private const int Rows = 256;

    private readonly List<(string Name, long Offset, long Entries, int Width, double Limit)> _tables = [];

    public RowLimits(Graph graph)
    {
        foreach (Node n in graph.Nodes)
        {
            if (n.Operator.Name == "Embedding" && n.Attributes.Float("max_norm") is > 0 and var limit && n.Inputs[0] is { Kind: ValueKind.Parameter } table && !_tables.Exists(t => t.Name == table.Name))
            {
                _tables.Add((table.Name, table.Offset, table.Shape[0].Factor, checked((int)table.Shape[1].Factor), limit));
            }
        }
    }

    /// <summary>Limits all rows of all tables.</summary>
    public void Apply(ComputePool pool, Tensor parameters)
    {
        foreach ((_, long offset, long entries, int width, double limit) in _tables)
        {
            var job = new Job { Weights = parameters, Offset = offset, Entries = entries, Width = width, Limit = limit };
            pool.Run(ref job, (entries + Rows - 1) / Rows);
        }
    }

    /// <summary>Limits what an update of a phase has changed: of tables with row gradients those rows.</summary>
    public void Apply(ComputePool pool, Tensor parameters, PhaseGradient gradient)
    {
        foreach ((string name, long offset, long entries, int width, double limit) in _tables)
        {
            var job = new Job { Weights = parameters, Offset = offset, Entries = entries, Width = width, Limit = limit };
            for (int t = 0; t < gradient.TableOutputs.Length; t++)
            {
                if (gradient.TableOutputs[t].Parameter == name)
                {
                    (job.Touched, job.Entries) = (gradient.Tables[t], gradient.Tables[t].Count);
                }
            }

            pool.Run(ref job, (job.Entries + Rows - 1) / Rows);
        }
    }

    private struct Job : IParallelJob
    {
        public Tensor Weights;
        public long Offset;
        public long Entries;
        public int Width;
        public double Limit;
        public RowSums? Touched;

        public readonly unsafe void Execute(long item, int thread)
        {
            long end = Math.Min(Entries, (item + 1) * Rows);
            for (long r = item * Rows; r < end; r++)
            {
                var row = new Span<float>(Weights.View.F32 + Offset + ((Touched is null ? r : Touched.Ids.I64[r]) * Width), Width);
                double squares = 0;
                foreach (float w in row)
                {
                    squares += (double)w * w;
                }

                double length = Math.Sqrt(squares);
                if (length > Limit)
                {
                    float share = (float)(Limit / (length + 1e-7));
                    for (int i = 0; i < row.Length; i++)
                    {
                        row[i] *= share;
                    }
                }
            }
        }
    }
}
