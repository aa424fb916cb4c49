using YarnDL.Tensors;

namespace YarnDL.Graphs.Programs;

/// <summary>
/// Which nodes run, which values share memory, and where each lies in the arena. Inputs keep places of their own, so that a run may be
/// repeated; values of nodes share places when their lives do not meet, and an operator that can work in place takes over its input's.
/// </summary>
internal sealed class StoragePlan
{
    private const int Forever = int.MaxValue;
    private readonly Graph _graph;
    private readonly ValueNumbers _values;
    private readonly Shape[] _shapes;
    private readonly int[] _first;
    private readonly int[] _last;

    public StoragePlan(Graph graph, ValueNumbers values, Shape[] shapes, bool reuse)
    {
        _graph = graph;
        _values = values;
        _shapes = shapes;
        Runs = new bool[graph.Nodes.Count];
        Shares = new bool[graph.Nodes.Count];
        Roots = new int[values.Count];
        Offsets = new long[values.Count];
        _first = new int[values.Count];
        _last = new int[values.Count];
        for (int v = 0; v < Roots.Length; v++)
        {
            Roots[v] = v;
            Offsets[v] = -1;
            _first[v] = -1;
            _last[v] = -1;
        }

        FindRunning();
        if (reuse)
        {
            ShareViews();
        }

        FindLives();
        if (reuse)
        {
            ShareInPlace();
        }

        Place(reuse);
    }

    /// <summary>By node: false when nobody reads what it computes.</summary>
    public bool[] Runs { get; }

    /// <summary>By node: true for a view that shares its input's memory.</summary>
    public bool[] Shares { get; }

    /// <summary>By value: the value whose memory it uses.</summary>
    public int[] Roots { get; }

    /// <summary>By root value: bytes from the start of the arena; -1 when it lies elsewhere or nowhere.</summary>
    public long[] Offsets { get; }

    /// <summary>Bytes of all places together.</summary>
    public long Bytes { get; private set; }

    private void FindRunning()
    {
        var read = new bool[_values.Count];
        foreach (Value o in _graph.Outputs)
        {
            read[_values.Of(o)] = true;
        }

        for (int i = _graph.Nodes.Count - 1; i >= 0; i--)
        {
            Node n = _graph.Nodes[i];
            Runs[i] = n.Outputs.Any(o => o is not null && read[_values.Of(o)]);
            for (int k = 0; Runs[i] && k < n.Inputs.Count; k++)
            {
                if (n.Inputs[k] is { } v && n.Operator.ReadsInput(n, k))
                {
                    read[_values.Of(v)] = true;
                }
            }
        }
    }

    private void ShareViews()
    {
        for (int i = 0; i < Runs.Length; i++)
        {
            Node n = _graph.Nodes[i];
            if (Runs[i] && n.Operator.IsView)
            {
                Roots[_values.Of(n.Outputs[0])] = Roots[_values.Of(n.Inputs[0])];
                Shares[i] = true;
            }
        }
    }

    private void FindLives()
    {
        for (int i = 0; i < Runs.Length; i++)
        {
            if (!Runs[i])
            {
                continue;
            }

            Node n = _graph.Nodes[i];
            for (int k = 0; k < n.Inputs.Count; k++)
            {
                if (n.Inputs[k] is { } v && n.Operator.ReadsInput(n, k))
                {
                    _last[Roots[_values.Of(v)]] = i;
                }
            }

            foreach (Value? o in n.Outputs)
            {
                if (o is not null)
                {
                    int root = Roots[_values.Of(o)];
                    _first[root] = _first[root] < 0 ? i : _first[root];
                    _last[root] = Math.Max(_last[root], i);
                }
            }
        }

        foreach (Value o in _graph.Outputs)
        {
            _last[Roots[_values.Of(o)]] = Forever;
        }
    }

    private void ShareInPlace()
    {
        for (int i = 0; i < Runs.Length; i++)
        {
            Node n = _graph.Nodes[i];
            (int input, int output) = n.Operator.InPlace;
            if (!Runs[i] || Shares[i] || input < 0 || n.Inputs[input] is not { } from || n.Outputs[output] is not { } to)
            {
                continue;
            }

            int a = Roots[_values.Of(from)];
            int b = _values.Of(to);
            if (_values[a].Kind != ValueKind.Node || _last[a] != i || SizeOf(_values.Of(from)) != SizeOf(b) || ReadsTwice(n, input, a))
            {
                continue;
            }

            _last[a] = _last[b];
            for (int v = 0; v < Roots.Length; v++)
            {
                Roots[v] = Roots[v] == b ? a : Roots[v];
            }
        }
    }

    private bool ReadsTwice(Node n, int input, int root)
    {
        for (int k = 0; k < n.Inputs.Count; k++)
        {
            if (k != input && n.Inputs[k] is { } v && Roots[_values.Of(v)] == root && n.Operator.ReadsInput(n, k))
            {
                return true;
            }
        }

        return false;
    }

    private void Place(bool reuse)
    {
        long at = 0;
        foreach (Value v in _graph.Inputs)
        {
            Offsets[_values.Of(v)] = at;
            at += MemoryPlan.RoundUp(SizeOf(_values.Of(v)));
        }

        var owners = new List<int>();
        var lives = new List<Lifetime>();
        for (int v = 0; v < Roots.Length; v++)
        {
            if (Roots[v] == v && _values[v].Kind == ValueKind.Node && _first[v] >= 0)
            {
                owners.Add(v);
                lives.Add(reuse ? new Lifetime(_first[v], _last[v], SizeOf(v)) : new Lifetime(0, Forever, SizeOf(v)));
            }
        }

        var offsets = new long[lives.Count];
        long bytes = MemoryPlan.Place([.. lives], offsets);
        for (int k = 0; k < offsets.Length; k++)
        {
            Offsets[owners[k]] = at + offsets[k];
        }

        Bytes = at + bytes;
    }

    /// <summary>Bytes of a value. More than 2^56 could overflow a sum of sizes, and no machine has them.</summary>
    private long SizeOf(int v) => _shapes[v].ElementCount <= 1L << 52 ? _shapes[v].ElementCount * _values[v].DType.Size()
        : throw new ArenaLimitException($"[program] {_values[v].Name} has shape {_shapes[v]}, more than any memory holds; run fewer rows at a time or make the model smaller");
}
