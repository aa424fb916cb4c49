using System.Diagnostics;
using YarnDL.Graphs.Passes;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Programs;

/// <summary>
/// A compiled graph: passes applied, buffers planned in one arena, shapes specialised per number of rows (cached). The same program trains,
/// evaluates, scores and serves. Not thread-safe: one program, one caller; its kernels use the pool.
/// </summary>
public sealed unsafe class Program : IDisposable
{
    private readonly ComputePool _pool;
    private readonly ProgramOptions _options;
    private readonly Graph _compiled;
    private readonly ValueNumbers _values;
    private readonly Dictionary<long, ShapePlan> _plans = [];
    private readonly Dictionary<string, int> _inputs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _outputs = new(StringComparer.Ordinal);
    private readonly int[] _outputNumbers;
    private readonly long[] _ticks;
    private readonly long[] _runs;
    private readonly double[] _flops;
    private Tensor? _arena;
    private ShapePlan? _last;
    private long _clock;
    private bool _disposed;

    /// <param name="graph">What to compute; its outputs are what a run returns.</param>
    /// <param name="pool">Threads for the kernels.</param>
    /// <param name="options">Passes and limits.</param>
    public Program(Graph graph, ComputePool pool, ProgramOptions? options = null)
    {
        Graph = graph;
        _pool = pool;
        _options = options ?? new ProgramOptions();
        TimeNodes = _options.TimeNodes;
        Graph expanded = Expansions.Apply(graph);
        _compiled = _options.Optimize ? Pass.Standard(expanded) : expanded;
        _values = new ValueNumbers(_compiled);
        _ticks = new long[_compiled.Nodes.Count];
        _runs = new long[_compiled.Nodes.Count];
        _flops = new double[_compiled.Nodes.Count];
        foreach (Value v in _compiled.Inputs)
        {
            _inputs[v.Name] = _values.Of(v);
        }

        _outputNumbers = _values.Of(_compiled.Outputs);
        for (int i = 0; i < _outputNumbers.Length; i++)
        {
            _outputs[graph.Outputs[i].Name] = i;
        }
    }

    public Graph Graph { get; }

    /// <summary>The graph after the passes: what really runs.</summary>
    public Graph Compiled => _compiled;

    /// <summary>Measure every node of the next runs (<see cref="NodeTimes"/>); may change between runs, the bits are the same.</summary>
    public bool TimeNodes { get; set; }

    /// <summary>Bytes of the arena that all compiled shapes share.</summary>
    public long ArenaBytes => _arena?.Shape.ElementCount ?? 0;

    /// <summary>Row counts that are compiled now.</summary>
    public int CompiledShapes => _plans.Count;

    /// <summary>
    /// Memory for an input of the next run with that many rows; fill it, then call <see cref="Run"/>. Runs never overwrite it, but a call
    /// for another number of rows may.
    /// </summary>
    /// <exception cref="GraphException">The graph has no such input.</exception>
    public TensorView Input(string name, long rows)
    {
        if (!_inputs.TryGetValue(name, out int v))
        {
            throw new GraphException($"[program] {Graph.Name} has no input {name}; its inputs are {string.Join(", ", Graph.Inputs.Select(i => i.Name))}");
        }

        return Plan(rows).Views[v];
    }

    /// <summary>True when the graph has an input of that name.</summary>
    public bool HasInput(string name) => _inputs.ContainsKey(name);

    /// <summary>Runs the graph. Outputs stay valid until the next run or the next call of <see cref="Input"/>.</summary>
    /// <param name="parameters">The flat parameter vector (may be null when the graph has none).</param>
    /// <param name="buffers">The flat buffer vector; programs read it, updated values are outputs.</param>
    /// <param name="rows">Segments of the row axis; one segment for scoring.</param>
    /// <param name="random">Keys for random operators.</param>
    /// <exception cref="InputValueException">An input holds a value that an operator cannot take, such as a label that is no class.</exception>
    public void Run(float* parameters, float* buffers, RowSegments rows, in RandomKeys random = default)
    {
        if ((parameters == null && Graph.Parameters.Count > 0) || (buffers == null && Graph.Buffers.Count > 0))
        {
            throw new GraphException($"[program] {Graph.Name} has {Graph.Parameters.Count} parameters and {Graph.Buffers.Count} buffers; give both flat vectors");
        }

        ShapePlan plan = Plan(rows.Rows);
        plan.Bind(_arena!.View.Data, parameters, buffers);
        byte* scratch = (byte*)_arena.View.Data + plan.ScratchOffset;
        PlanStep[] steps = plan.Steps;
        bool timed = TimeNodes;
        for (int i = 0; i < steps.Length; i++)
        {
            PlanStep s = steps[i];
            if (s.Skip)
            {
                continue;
            }

            long start = timed ? Stopwatch.GetTimestamp() : 0;
            s.Node.Operator.Run(new RunContext
            {
                Pool = _pool,
                Inputs = s.Inputs,
                Outputs = s.Outputs,
                Node = s.Node,
                Rows = rows,
                State = s.State,
                Scratch = scratch,
                Random = random,
                Sizes = s.Sizes,
            });
            if (timed)
            {
                _ticks[s.Ordinal] += Stopwatch.GetTimestamp() - start;
                _runs[s.Ordinal]++;
                _flops[s.Ordinal] += s.Flops;
            }
        }

        _last = plan;
    }

    /// <summary>Output i of the last run, with its concrete shape.</summary>
    public TensorView Output(int i) => (_last ?? throw new GraphException("[program] there is no output before the first run; call Run")).Result(_outputNumbers[i]);

    /// <summary>Output of that name of the last run.</summary>
    public TensorView Output(string name) => _outputs.TryGetValue(name, out int i) ? Output(i)
        : throw new GraphException($"[program] {Graph.Name} has no output {name}; its outputs are {string.Join(", ", Graph.Outputs.Select(o => o.Name))}");

    /// <summary>Time by node since the start, slowest first; empty without <see cref="TimeNodes"/>.</summary>
    public IReadOnlyList<NodeTime> NodeTimes()
    {
        var times = new List<NodeTime>();
        for (int i = 0; i < _ticks.Length; i++)
        {
            if (_runs[i] > 0)
            {
                Node n = _compiled.Nodes[i];
                times.Add(new NodeTime(n.Name, n.Operator.Name, _ticks[i] / (double)Stopwatch.Frequency, _runs[i], _flops[i]));
            }
        }

        return [.. times.OrderByDescending(t => t.Seconds)];
    }

    /// <summary>Floating point operations of one run with that many rows.</summary>
    public double Flops(long rows) => Plan(rows).Steps.Sum(s => s.Skip ? 0 : s.Flops);

    public void Dispose()
    {
        _disposed = true;
        _plans.Clear();
        _last = null;
        _arena?.Dispose();
        _arena = null;
    }

    private ShapePlan Plan(long rows)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_plans.TryGetValue(rows, out ShapePlan? plan))
        {
            plan = new ShapePlan(_compiled, _values, rows, _pool.Threads, _options.ReuseMemory);
            _plans.Add(rows, plan);
            plan.LastUse = ++_clock;
            Trim(plan);
        }

        plan.LastUse = ++_clock;
        if (_arena is null || _arena.Shape.ElementCount < plan.ArenaBytes)
        {
            _arena?.Dispose();
            _arena = new Tensor(DType.UInt8, new Shape(plan.ArenaBytes));
        }

        plan.Bind(_arena.View.Data, plan.Parameters, plan.Buffers);
        return plan;
    }

    /// <summary>Drops the least recently used shapes until arena and plans fit the limit; the new shape always stays.</summary>
    private void Trim(ShapePlan newest)
    {
        while (_plans.Count > 1)
        {
            long arena = 0;
            long plans = 0;
            ShapePlan oldest = newest;
            foreach (ShapePlan p in _plans.Values)
            {
                arena = Math.Max(arena, p.ArenaBytes);
                plans += p.BookkeepingBytes;
                oldest = p.LastUse < oldest.LastUse ? p : oldest;
            }

            if (arena + plans <= _options.CacheBytes)
            {
                return;
            }

            _plans.Remove(oldest.Rows);
            if (_arena is not null && _arena.Shape.ElementCount > newest.ArenaBytes && oldest.ArenaBytes == _arena.Shape.ElementCount)
            {
                _arena.Dispose();
                _arena = null;
            }
        }
    }
}
