using YarnDL.Tensors;

namespace YarnDL.Graphs.Programs;

/// <summary>A graph compiled for one number of rows: concrete shapes, the steps, and where every value lies.</summary>
internal sealed unsafe class ShapePlan
{
    private readonly ValueNumbers _values;
    private readonly Shape[] _shapes;
    private readonly long[] _offsets;
    private readonly int[] _roots;
    private void* _boundArena;

    public ShapePlan(Graph graph, ValueNumbers values, long rows, int threads, bool reuse)
    {
        _values = values;
        Rows = rows;
        _shapes = new Shape[values.Count];
        for (int v = 0; v < _shapes.Length; v++)
        {
            _shapes[v] = values[v].Shape.At(rows);
        }

        var places = new StoragePlan(graph, values, _shapes, reuse);
        _roots = places.Roots;
        _offsets = places.Offsets;
        Views = new TensorView[values.Count];
        var steps = new List<PlanStep>();
        long scratch = 0;
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            if (!places.Runs[i])
            {
                continue;
            }

            Node n = graph.Nodes[i];
            var context = new PrepareContext(n, Shapes(n.Inputs), Shapes(n.Outputs), rows, threads);
            bool skip = places.Shares[i] || IsEmpty(n);
            scratch = Math.Max(scratch, skip ? 0 : n.Operator.ScratchBytes(context));
            steps.Add(new PlanStep(n, values.Of(n.Inputs), values.Of(n.Outputs), skip ? null : n.Operator.Prepare(context), n.Operator.Flops(context), i) { Skip = skip });
        }

        Steps = [.. steps];
        ScratchOffset = places.Bytes;
        ArenaBytes = Math.Max(places.Bytes + MemoryPlan.RoundUp(scratch), MemoryPlan.Alignment);
    }

    public long Rows { get; }

    public PlanStep[] Steps { get; }

    /// <summary>One per value; data is null for a value that is never computed.</summary>
    public TensorView[] Views { get; }

    public long ArenaBytes { get; }

    public long ScratchOffset { get; }

    /// <summary>The parameter vector that the views point into now.</summary>
    public float* Parameters { get; private set; }

    /// <summary>The buffer vector that the views point into now.</summary>
    public float* Buffers { get; private set; }

    /// <summary>When the plan was last used, in runs of the program.</summary>
    public long LastUse { get; set; }

    /// <summary>Rough size of this object.</summary>
    public long BookkeepingBytes => 256 + (160L * Views.Length) + (256L * Steps.Length);

    /// <summary>A value after a run; an extent that depends on data is what the run found.</summary>
    public TensorView Result(int v)
    {
        TensorView view = Views[v];
        int axis = _values[v].Shape.BoundAxis;
        foreach (PlanStep s in Steps)
        {
            int output = axis < 0 ? -1 : Array.IndexOf(s.OutputIndices, v);
            if (output >= 0)
            {
                long[] dims = view.Shape.Dims.ToArray();
                dims[axis] = s.Sizes[output];
                return new TensorView(view.Data, view.DType, new Shape(dims));
            }
        }

        return view;
    }

    /// <summary>Points every view at its memory; does nothing when nothing has moved.</summary>
    public void Bind(void* arena, float* parameters, float* buffers)
    {
        if (arena == _boundArena && parameters == Parameters && buffers == Buffers)
        {
            return;
        }

        for (int v = 0; v < Views.Length; v++)
        {
            Value root = _values[_roots[v]];
            long offset = _offsets[_roots[v]];
            void* data = root.Kind switch
            {
                ValueKind.Constant => root.Constant!.View.Data,
                ValueKind.Parameter => parameters == null ? null : parameters + root.Offset,
                ValueKind.Buffer => buffers == null ? null : buffers + root.Offset,
                _ => offset < 0 ? null : (byte*)arena + offset,
            };
            Views[v] = new TensorView(data, _values[v].DType, _shapes[v]);
        }

        foreach (PlanStep s in Steps)
        {
            Point(s.InputIndices, s.Inputs);
            Point(s.OutputIndices, s.Outputs);
        }

        _boundArena = arena;
        Parameters = parameters;
        Buffers = buffers;
    }

    private void Point(int[] indices, TensorView[] views)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            views[i] = indices[i] < 0 ? default : Views[indices[i]];
        }
    }

    private Shape[] Shapes(IReadOnlyList<Value?> values)
    {
        var shapes = new Shape[values.Count];
        for (int i = 0; i < shapes.Length; i++)
        {
            shapes[i] = values[i] is { } v ? _shapes[_values.Of(v)] : Shape.Scalar;
        }

        return shapes;
    }

    private bool IsEmpty(Node n)
    {
        foreach (Value? o in n.Outputs)
        {
            if (o is not null && _shapes[_values.Of(o)].ElementCount != 0)
            {
                return false;
            }
        }

        return true;
    }
}
