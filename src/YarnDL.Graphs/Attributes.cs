using YarnDL.Tensors;

namespace YarnDL.Graphs;

/// <summary>
/// Attribute values of a node by ONNX name: long, float, string, long[], float[], string[], <see cref="Tensor"/> or <see cref="Graph"/>. Immutable.
/// </summary>
public sealed class Attributes
{
    private readonly SortedDictionary<string, object> _values = new(StringComparer.Ordinal);

    public Attributes(params ReadOnlySpan<(string Name, object Value)> values)
    {
        foreach ((string name, object value) in values)
        {
            _values[name] = value switch
            {
                int i => (long)i,
                bool b => b ? 1L : 0L,
                double d => (float)d,
                int[] a => Array.ConvertAll(a, x => (long)x),
                long or float or string or long[] or float[] or string[] or Tensor or Graph => value,
                _ => throw new ArgumentException($"[attribute] {name} has type {value.GetType().Name}; it must be long, float, string, their arrays, Tensor or Graph"),
            };
        }
    }

    public static Attributes None { get; } = new();

    public IEnumerable<KeyValuePair<string, object>> All => _values;

    public bool Has(string name) => _values.ContainsKey(name);

    public long Int(string name) => Get<long>(name);

    public float Float(string name) => Get<float>(name);

    public string String(string name) => Get<string>(name);

    public long[] Ints(string name) => Get<long[]>(name);

    public float[] Floats(string name) => Get<float[]>(name);

    public T? Find<T>(string name) => _values.TryGetValue(name, out object? v) ? Cast<T>(name, v) : default;

    /// <summary>The attribute.</summary>
    /// <exception cref="GraphException">It is missing or has another type.</exception>
    public T Get<T>(string name) => _values.TryGetValue(name, out object? v) ? Cast<T>(name, v)
        : throw new GraphException($"[attribute] {name} is missing");

    /// <summary>A copy with one more or another value.</summary>
    public Attributes With(string name, object value) => new([.. _values.Select(p => (p.Key, p.Value)), (name, value)]);

    /// <summary>True when both have the same names with equal values; tensors and graphs are compared by reference.</summary>
    public bool SameAs(Attributes other)
    {
        if (_values.Count != other._values.Count)
        {
            return false;
        }

        foreach ((string name, object value) in _values)
        {
            if (!other._values.TryGetValue(name, out object? theirs) || !Same(value, theirs))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Same(object a, object b) => (a, b) switch
    {
        (long[] x, long[] y) => x.AsSpan().SequenceEqual(y),
        (float[] x, float[] y) => x.AsSpan().SequenceEqual(y),
        (string[] x, string[] y) => x.AsSpan().SequenceEqual(y),
        _ => a.Equals(b),
    };

    private static T Cast<T>(string name, object v) => v is T t ? t
        : throw new GraphException($"[attribute] {name} is a {v.GetType().Name}, expected {typeof(T).Name}");
}
