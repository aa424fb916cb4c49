using YarnDL.Graphs.Programs;
using YarnDL.Tensors;

namespace YarnDL.Training.Steps;

/// <summary>The rows of one subtree for one step, in memory: columns, canonical numbers, and the borders of its shards.</summary>
internal sealed unsafe class StepRows(IRowSource source, StepPlan plan, Subtree subtree) : IDisposable
{
    private readonly Tensor?[] _columns = Allocate(source, plan, subtree);
    private readonly Tensor _numbers = new(DType.Int64, new Shape(Capacity(plan, subtree)));
    private readonly Tensor _borders = new(DType.Int32, new Shape(subtree.Size + 1));

    public StepPosition? Position { get; private set; }

    public int Rows => _borders.View.I32[subtree.Size];

    /// <summary>Shards of the subtree that have rows.</summary>
    public int Shards { get; private set; }

    public RowSegments Segments => new(_borders.View.I32, subtree.Size);

    public long* RowNumbers => _numbers.View.I64;

    public void Load(StepPosition position)
    {
        Position = null;
        Shards = 0;
        var views = new TensorView[_columns.Length];
        for (int c = 0; c < views.Length; c++)
        {
            views[c] = _columns[c]?.View ?? default;
        }

        int* borders = _borders.View.I32;
        Span<long> numbers = _numbers.Span<long>();
        int rows = 0;
        for (int s = 0; s < subtree.Size; s++)
        {
            borders[s] = rows;
            int read = source.Read(subtree.First + s, plan.Seed, position, plan.Batch, plan.Shuffle, views, rows, numbers[rows..]);
            Shards += read > 0 ? 1 : 0;
            rows += read;
        }

        borders[subtree.Size] = rows;
        Position = position;
    }

    /// <summary>A column's rows of shard <paramref name="shard"/> of the subtree.</summary>
    public TensorView Column(string name, int shard) => Slice(ColumnView(name), Segments.Borders[shard], Segments.Borders[shard + 1] - Segments.Borders[shard]);

    /// <summary>Copies columns into the inputs of a program that it has.</summary>
    public void Fill(Program program, IReadOnlyList<ColumnInput> inputs)
    {
        foreach (ColumnInput i in inputs)
        {
            if (program.HasInput(i.Input))
            {
                TensorView to = program.Input(i.Input, Rows);
                TensorView from = ColumnView(i.Column);
                long bytes = to.Count * to.DType.Size();
                Buffer.MemoryCopy(from.Data, to.Data, bytes, bytes);
            }
        }
    }

    public void Dispose()
    {
        foreach (Tensor? t in _columns)
        {
            t?.Dispose();
        }

        _numbers.Dispose();
        _borders.Dispose();
    }

    /// <summary>Rows first .. first+count-1 of a view whose first axis is rows.</summary>
    public static TensorView Slice(TensorView view, int first, int count)
    {
        var dims = view.Shape.Dims.ToArray();
        dims[0] = count;
        return new TensorView((byte*)view.Data + (first * view.Shape.CountFrom(1) * view.DType.Size()), view.DType, new Shape(dims));
    }

    private TensorView ColumnView(string name)
    {
        for (int c = 0; c < _columns.Length; c++)
        {
            if (source.Columns[c].Name == name)
            {
                return _columns[c]!.View;
            }
        }

        throw new TrainingException(TrainingFault.Job, $"[rows] there is no column {name}");
    }

    private static int Capacity(StepPlan plan, Subtree subtree) => plan.Batch / plan.Shards * subtree.Size;

    private static Tensor?[] Allocate(IRowSource source, StepPlan plan, Subtree subtree)
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (Phase p in plan.Phases)
        {
            wanted.UnionWith(p.Inputs.Select(i => i.Column));
            wanted.UnionWith(p.Metrics.Select(m => m.Column));
            wanted.UnionWith(p.Metrics.Select(m => m.WeightColumn).OfType<string>());
        }

        var columns = new Tensor?[source.Columns.Count];
        for (int c = 0; c < columns.Length; c++)
        {
            if (wanted.Contains(source.Columns[c].Name))
            {
                columns[c] = new Tensor(source.Columns[c].DType, new Shape([Capacity(plan, subtree), .. source.Columns[c].PerRow!.Value.Dims]));
            }
        }

        return columns;
    }
}
