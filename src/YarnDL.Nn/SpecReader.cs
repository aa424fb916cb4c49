using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace YarnDL.Nn;

/// <summary>Reads the options of a <see cref="Spec"/>: typed, with defaults; at the end every key must have been asked for.</summary>
/// <param name="area">What is built, such as <c>conv2d</c>: the start of every message.</param>
/// <param name="options">The options.</param>
public sealed class SpecReader(string area, JsonObject options)
{
    private readonly List<string> _known = [];

    /// <summary>What is built; error messages begin with it.</summary>
    public string Area => area;

    public bool Has(string key) => Find(key) is not null;

    public double Number(string key) => FindNumber(key) ?? throw Missing(key);

    public double Number(string key, double otherwise) => FindNumber(key) ?? otherwise;

    public double? FindNumber(string key) => Find(key) is { } n ? AsNumber(key, n) : null;

    public long Int(string key) => FindInt(key) ?? throw Missing(key);

    public long Int(string key, long otherwise) => FindInt(key) ?? otherwise;

    public long? FindInt(string key) => Find(key) is { } n ? AsInt(key, n) : null;

    public bool Flag(string key, bool otherwise = false) => Find(key) is not { } n ? otherwise : n.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(key, n, "true or false"),
    };

    public string Text(string key) => FindText(key) ?? throw Missing(key);

    public string Text(string key, string otherwise) => FindText(key) ?? otherwise;

    public string? FindText(string key) => Find(key) is not { } n ? null
        : n.GetValueKind() == JsonValueKind.String ? n.GetValue<string>() : throw Wrong(key, n, "text");

    /// <summary>A name: text, or a whole number as text, as layers without a name are called. Null when absent.</summary>
    public string? FindName(string key) => Find(key) is { } n ? AsName(key, n) : null;

    /// <summary>A list of names; a single one is a list of one. Null when absent.</summary>
    public IReadOnlyList<string>? FindNames(string key) => Find(key) switch
    {
        null => null,
        JsonArray a => [.. a.Select(e => AsName(key, e ?? throw Wrong(key, a, "a list of names")))],
        { } one => [AsName(key, one)],
    };

    /// <summary>One of a few words.</summary>
    public string Choice(string key, string otherwise, params string[] words)
    {
        string given = Text(key, otherwise);
        return Array.IndexOf(words, given) >= 0 ? given
            : throw new SpecException($"[{area}] {key} is {given}; it must be one of {string.Join(", ", words)}", key);
    }

    /// <summary>A list of integers; a single integer is a list of one. Null when absent.</summary>
    public long[]? FindInts(string key) => Find(key) switch
    {
        null => null,
        JsonArray a => [.. a.Select(e => AsInt(key, e ?? throw Wrong(key, a, "a list of integers")))],
        { } one => [AsInt(key, one)],
    };

    public double[]? FindNumbers(string key) => Find(key) switch
    {
        null => null,
        JsonArray a => [.. a.Select(e => AsNumber(key, e ?? throw Wrong(key, a, "a list of numbers")))],
        { } one => [AsNumber(key, one)],
    };

    /// <summary>A list of texts; a single text is a list of one. Null when absent.</summary>
    public IReadOnlyList<string>? FindTexts(string key) => Find(key) switch
    {
        null => null,
        JsonArray a => [.. a.Select(e => e?.GetValueKind() == JsonValueKind.String ? e.GetValue<string>() : throw Wrong(key, a, "a list of texts"))],
        { } one => [one.GetValueKind() == JsonValueKind.String ? one.GetValue<string>() : throw Wrong(key, one, "a list of texts")],
    };

    /// <summary>Integers by name. Null when absent.</summary>
    public IReadOnlyDictionary<string, long>? FindIntMap(string key) =>
        FindObject(key)?.ToDictionary(p => p.Key, p => AsInt(key, p.Value ?? throw Wrong(key, options[key]!, "a map from names to integers")), StringComparer.Ordinal);

    /// <summary>A map of options of its own. Null when absent.</summary>
    public JsonObject? FindObject(string key) => Find(key) switch
    {
        null => null,
        JsonObject o => o,
        { } other => throw Wrong(key, other, "a map"),
    };

    /// <summary>An extent per axis: one integer for all axes, or a list with one each. Null when absent.</summary>
    public long[]? FindExtents(string key, int axes)
    {
        long[]? given = FindInts(key);
        return given is null || given.Length == axes ? given
            : given.Length == 1 ? [.. Enumerable.Repeat(given[0], axes)]
            : throw new SpecException($"[{area}] {key} has {given.Length} entries; give one, or {axes}", key);
    }

    /// <summary>A nested thing: a name, or an object with <c>type</c> and its options. Null when absent.</summary>
    public Spec? FindSpec(string key) => Find(key) is { } n ? ToSpec(n, $"{area}.{key}", key) : null;

    /// <summary>A list of nested things. Null when absent.</summary>
    public IReadOnlyList<Spec>? FindSpecs(string key) => Find(key) switch
    {
        null => null,
        JsonArray a => [.. a.Select((n, i) => ToSpec(n, $"{area}.{key}[{i}]", key))],
        { } other => throw Wrong(key, other, "a list"),
    };

    /// <summary>A list of anything. Null when absent.</summary>
    internal IReadOnlyList<JsonNode?>? FindNodes(string key) => Find(key) switch
    {
        null => null,
        JsonArray a => [.. a],
        { } other => throw Wrong(key, other, "a list"),
    };

    internal bool IsMap(string key) => Find(key) is JsonObject;

    internal bool IsText(string key) => Find(key) is { } n && n.GetValueKind() == JsonValueKind.String;

    /// <summary>Refuses keys nobody asked for, naming the nearest known one.</summary>
    public void Done()
    {
        foreach ((string key, _) in options)
        {
            if (!_known.Contains(key))
            {
                throw new SpecException($"[{area}] there is no option {key}; {(_known.Count == 0 ? "it has none" : NearestName.Hint(key, _known))}", key);
            }
        }
    }

    /// <summary>
    /// A thing written as JSON: <c>"relu"</c>, <c>{"type": "linear", "out": 10}</c>, or with the name as the only key, <c>{"linear": {"out": 10}}</c>.
    /// </summary>
    public static Spec ToSpec(JsonNode? node, string area, string? key = null)
    {
        if (node is JsonValue v && v.GetValueKind() == JsonValueKind.String)
        {
            return new Spec(v.GetValue<string>());
        }

        if (node is JsonObject o && o["type"] is JsonValue t && t.GetValueKind() == JsonValueKind.String)
        {
            var rest = (JsonObject)o.DeepClone();
            rest.Remove("type");
            return new Spec(t.GetValue<string>(), rest);
        }

        if (node is JsonObject { Count: 1 } single && single.First() is { Value: null or JsonObject } pair)
        {
            return new Spec(pair.Key, pair.Value is null ? [] : (JsonObject)pair.Value.DeepClone());
        }

        throw new SpecException($"[{area}] {node?.ToJsonString() ?? "nothing"} was given; write a name, or type: NAME with its options", key);
    }

    private JsonNode? Find(string key)
    {
        if (!_known.Contains(key))
        {
            _known.Add(key);
        }

        return options[key];
    }

    private string AsName(string key, JsonNode n) => n.GetValueKind() switch
    {
        JsonValueKind.String => n.GetValue<string>(),
        JsonValueKind.Number => AsInt(key, n).ToString(CultureInfo.InvariantCulture),
        _ => throw Wrong(key, n, "a name, or a list of names"),
    };

    private double AsNumber(string key, JsonNode n) => n.GetValueKind() == JsonValueKind.Number
        && double.TryParse(n.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double d) && double.IsFinite(d)
        ? d : throw Wrong(key, n, "a number");

    private long AsInt(string key, JsonNode n)
    {
        double d = n.GetValueKind() == JsonValueKind.Number ? AsNumber(key, n) : throw Wrong(key, n, "an integer");
        return d == Math.Floor(d) && Math.Abs(d) < 9e15 ? (long)d : throw Wrong(key, n, "an integer");
    }

    private SpecException Missing(string key) => new(
        options.Count == 0 ? $"[{area}] option {key} is missing; give it"
        : $"[{area}] option {key} is missing, given were {string.Join(", ", options.Select(o => o.Key))}; give it", key);

    private SpecException Wrong(string key, JsonNode n, string expected) => new($"[{area}] {key} is {n.ToJsonString()}; it must be {expected}", key);
}
