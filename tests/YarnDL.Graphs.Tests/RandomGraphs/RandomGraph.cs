using System.Globalization;
using YarnDL.Graphs.Gradients;
using YarnDL.Graphs.Tests.Operators;
using YarnDL.Graphs.Tests.Reference;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Tests.RandomGraphs;

/// <summary>
/// A graph of 3 to 30 rows of the operator table, drawn from a seed. Each row stands in the shape of one of its samples; what the graph has
/// computed before is cut or tiled to the shape and squeezed into the range that the sample asks for.
/// </summary>
internal sealed class RandomGraph
{
    private static readonly Lock Gate = new();
    private static List<(Operator Op, int Sample, bool Differentiable)>? s_catalogue;

    private readonly GraphBuilder _g;
    private readonly List<Value> _pool = [];
    private readonly Dictionary<Value, (double Low, double High)> _ranges = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Value> _used = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Value> _constant = new(ReferenceEqualityComparer.Instance);
    private readonly bool _differentiable;
    private ulong _state;

    /// <param name="seed">Same seed, same graph.</param>
    /// <param name="differentiable">Only rows that have a gradient in their sample.</param>
    public RandomGraph(ulong seed, bool differentiable)
    {
        _state = (seed * 0x9E3779B97F4A7C15) + 1;
        _differentiable = differentiable;
        _g = new GraphBuilder("random" + seed.ToString(CultureInfo.InvariantCulture));
        (Operator Op, int Sample, bool Differentiable)[] rows = [.. Catalogue().Where(r => r.Differentiable || !differentiable)];
        int count = 3 + Next(28);
        for (int i = 0; i < count || !_pool.Exists(IsSink); i++)
        {
            (Operator op, int sample, _) = rows[Next(rows.Length)];
            Append(op, op.Samples[sample]);
        }

        Value[] sinks = [.. _pool.Where(IsSink)];
        Graph = _g.Build(sinks.Length > 6 ? sinks[^6..] : sinks);
    }

    public Graph Graph { get; private set; }

    /// <summary>Names of the rows that were drawn, in order.</summary>
    public List<string> Rows { get; } = [];

    /// <summary>Adds the gradients of the seeded sum of all float outputs by all float inputs and parameters as outputs.</summary>
    /// <returns>The forward graph with its seeds, and the values differentiated by with their gradients.</returns>
    public (Graph Forward, Value[] Seeds, Value[] Wrt, Value?[] Gradients) Differentiate()
    {
        Graph forward = Graph;
        Value[] roots = [.. forward.Outputs.Where(v => v.DType == DType.Float32)];
        Value[] wrt = [.. forward.Inputs.Concat(forward.Parameters).Where(v => v.DType == DType.Float32 && !_constant.Contains(v))];
        Value[] seeds = [.. roots.Select((v, i) => _g.Input("seed" + i.ToString(CultureInfo.InvariantCulture), DType.Float32, v.Shape))];
        Value?[] gradients = GradientBuilder.Append(_g, [.. roots.Zip(seeds)], wrt);
        Graph = _g.Build([.. forward.Outputs, .. gradients.OfType<Value>()]);
        return (forward, seeds, wrt, gradients);
    }

    /// <summary>Inputs and parameters, the same for the same seed and number of rows.</summary>
    public Dictionary<string, Array64> Draw(long rows)
    {
        var drawn = new Dictionary<string, Array64>();
        foreach (Value v in Graph.Inputs.Concat(Graph.Parameters))
        {
            (double low, double high) = _ranges.GetValueOrDefault(v, (-1, 1));
            Array64 x = Array64.Zeros(v.Shape.At(rows).Dims.ToArray());
            for (int i = 0; i < x.Data.Length; i++)
            {
                double u = Uniform();
                x.Data[i] = v.DType == DType.Float32 ? (float)(low + (u * (high - low))) : Math.Floor(u * high);
            }

            drawn[v.Name] = x;
        }

        return drawn;
    }

    /// <summary>A number from 0 to below - 1.</summary>
    public int Next(int below) => (int)(Uniform() * below);

    private double Uniform()
    {
        _state = (_state * 6364136223846793005) + 1442695040888963407;
        return (_state >> 11) / (double)(1UL << 53);
    }

    private bool IsSink(Value v) => v.Kind == ValueKind.Node && !_used.Contains(v);

    private void Append(Operator op, OperatorSample sample)
    {
        var inputs = new Value?[sample.Inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            if (sample.Inputs[i] is not { } shape)
            {
                continue;
            }

            inputs[i] = sample.Integers.TryGetValue(i, out long[]? known) ? _g.Constant(known)
                : sample.Numbers.TryGetValue(i, out float[]? numbers) ? _g.Constant(Tensor.From<float>(shape.At(1), numbers))
                : sample.Indices.TryGetValue(i, out long bound) ? Fresh(shape, sample.Types.GetValueOrDefault(i, DType.Int64), 0, bound)
                : sample.Bools.Contains(i) ? _g.Add("Greater", Fit(shape, -1, 1), _g.Constant(0f))
                : _differentiable && op.IsConstantInput(i) ? Constant(shape, sample)
                : Fit(shape, sample.Low, sample.High);
        }

        Value[] outputs = _g.AddNode(op, inputs, sample.Attributes, sample.Outputs);
        Rows.Add(op.Name);
        foreach (Value y in outputs)
        {
            if (y.DType == DType.Float32)
            {
                _pool.Add(y);
            }
            else if (Next(2) == 0)
            {
                _pool.Add(_g.Add("Cast", y, ("to", 1)));
            }
        }
    }

    private Value Fresh(SymbolicShape shape, DType type, double low, double high)
    {
        Value v = type == DType.Float32 && shape.IsFixed && Next(2) == 0 ? _g.Parameter($"w{_g.Parameters.Count}", shape.At(1)) : _g.Input($"x{_g.Inputs.Count}", type, shape);
        _ranges[v] = (low, high);
        if (type == DType.Float32)
        {
            _pool.Add(v);
        }

        return v;
    }

    /// <summary>An input that nothing is differentiated by: the row gives it no gradient, such as the bounds of Clip.</summary>
    private Value Constant(SymbolicShape shape, OperatorSample sample)
    {
        Value v = _g.Input($"x{_g.Inputs.Count}", DType.Float32, shape);
        _ranges[v] = (sample.Low, sample.High);
        _constant.Add(v);
        return v;
    }

    /// <summary>A value of that shape within a range, made of what the graph has, or a new input.</summary>
    private Value Fit(SymbolicShape shape, double low, double high)
    {
        bool rows = shape.RowAxis >= 0;
        Value[] candidates = [.. _pool.Where(v => v.Shape.RowAxis >= 0 == rows && v.Shape.At(1).ElementCount > 0)];
        if (candidates.Length == 0 || shape.At(1).ElementCount == 0 || Next(6) == 0)
        {
            return Fresh(shape, DType.Float32, low, high);
        }

        Value x = candidates[Math.Max(Next(candidates.Length), Next(candidates.Length))];
        _used.Add(x);
        Value y = x.Shape.Equals(shape) ? x : Shaped(x, shape);
        if (_ranges.TryGetValue(y, out (double Low, double High) range) && range.Low >= low && range.High <= high)
        {
            return y;
        }

        Value squeezed = _g.Add("Mul", _g.Add("Tanh", y), _g.Constant((float)(0.45 * (high - low))));
        return low + high == 0 ? squeezed : _g.Add("Add", squeezed, _g.Constant((float)((low + high) / 2)));
    }

    private Value Shaped(Value x, SymbolicShape shape)
    {
        long has = x.Shape.At(1).ElementCount;
        long wants = shape.At(1).ElementCount;
        Dim lead = shape.RowAxis >= 0 ? Dim.N : 1;
        Value flat = Reshape(RowsFirst(x), new(lead, has));
        if (has < wants)
        {
            flat = _g.Add("Tile", flat, _g.Constant(1L, (wants + has - 1) / has));
            has *= (wants + has - 1) / has;
        }

        if (has > wants)
        {
            long from = Next((int)(has - wants) + 1);
            flat = _g.Add("Slice", [flat, _g.Constant(from), _g.Constant(from + wants), _g.Constant(1L)]);
        }

        int axis = shape.RowAxis;
        if (axis <= 0)
        {
            return Reshape(flat, shape);
        }

        int[] order = [axis, .. Enumerable.Range(0, shape.Rank).Where(a => a != axis)];
        Value led = Reshape(flat, new([.. order.Select(a => shape[a])]));
        return _g.Add("Transpose", led, ("perm", Enumerable.Range(0, shape.Rank).Select(a => (long)Array.IndexOf(order, a)).ToArray()));
    }

    private Value RowsFirst(Value x)
    {
        int axis = x.Shape.RowAxis;
        return axis <= 0 ? x : _g.Add("Transpose", x, ("perm", (long[])[axis, .. Enumerable.Range(0, x.Shape.Rank).Where(a => a != axis)]));
    }

    private Value Reshape(Value x, SymbolicShape shape) => x.Shape.Equals(shape) ? x
        : _g.Add("Reshape", x, _g.Constant([.. shape.Dims.ToArray().Select((d, a) => d.IsRows ? -1 : d.Factor)]));

    /// <summary>Every sample of every row, and whether a gradient flows through it.</summary>
    private static List<(Operator Op, int Sample, bool Differentiable)> Catalogue()
    {
        lock (Gate)
        {
            if (s_catalogue is null)
            {
                var all = new List<(Operator, int, bool)>();
                foreach (TheoryDataRow<string, int> row in SampleCase.All())
                {
                    var c = new SampleCase(row.Data.Item1, row.Data.Item2);
                    if (c.Outputs.All(y => y.Shape.BoundAxis < 0) && c.Sample.Types.Keys.All(c.Sample.Indices.ContainsKey))
                    {
                        all.Add((c.Node.Operator, row.Data.Item2, c.Sample.CheckGradient && Flows(c)));
                    }
                }

                s_catalogue = all;
            }

            return s_catalogue;
        }
    }

    private static bool Flows(SampleCase c)
    {
        try
        {
            (Value, Value)[] roots = [.. c.Outputs.Where(y => y.DType == DType.Float32).Select((y, i) => (y, c.Builder.Input($"seed{i}", DType.Float32, y.Shape)))];
            return roots.Length == 0 || GradientBuilder.Append(c.Builder, roots, c.Differentiable).Length >= 0;
        }
        catch (GraphException)
        {
            return false;
        }
    }
}
