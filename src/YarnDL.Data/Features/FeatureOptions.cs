using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Features;

/// <summary>Reads a feature's options strictly: a wrong type or an unknown key is an error that names it.</summary>
/// <param name="spec">Name and options.</param>
/// <param name="registry">Makes the features inside the options; null = the registered ones of this library.</param>
public sealed class FeatureOptions(FeatureSpec spec, FeatureRegistry? registry = null)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public string Type => spec.Type;

    /// <summary>The options as they were given.</summary>
    public JsonObject Options => spec.Options;

    /// <summary>True when the key is there and not null.</summary>
    public bool Has(string key) => Find(key) is not null;

    /// <summary>A text.</summary>
    public string Text(string key) => TextOr(key, null) ?? throw Missing(key);

    /// <summary>A text, or what is given.</summary>
    public string? TextOr(string key, string? other) => Find(key) is not { } node ? other
        : node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : throw Wrong(key, node, "a text");

    /// <summary>A list of texts; a single text counts as a list of one.</summary>
    public IReadOnlyList<string>? Texts(string key)
    {
        var nodes = Items(key);
        if (nodes is null)
        {
            return null;
        }

        var texts = new string[nodes.Count];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = nodes[i]?.GetValueKind() == JsonValueKind.String ? nodes[i]!.GetValue<string>() : throw Wrong(key, nodes[i], "texts");
        }

        return texts;
    }

    /// <summary>An integer in a range, or null when it is missing.</summary>
    public long? Integer(string key, long least, long most) => Integers(key, least, most) is not { } all ? null
        : all.Count == 1 ? all[0] : throw Wrong(key, Find(key), "one integer");

    /// <summary>Integers in a range; a single one counts as a list of one.</summary>
    public IReadOnlyList<long>? Integers(string key, long least, long most)
    {
        var nodes = Items(key);
        if (nodes is null)
        {
            return null;
        }

        var values = new long[nodes.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = nodes[i]?.GetValueKind() == JsonValueKind.Number && long.TryParse(nodes[i]!.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long v) && v >= least && v <= most
                ? v
                : throw Wrong(key, nodes[i], string.Create(CultureInfo.InvariantCulture, $"an integer in {least}..{most}"));
        }

        return values;
    }

    /// <summary>Finite numbers; a single one counts as a list of one.</summary>
    public IReadOnlyList<double>? Numbers(string key)
    {
        var nodes = Items(key);
        if (nodes is null)
        {
            return null;
        }

        var values = new double[nodes.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = nodes[i]?.GetValueKind() == JsonValueKind.Number && double.TryParse(nodes[i]!.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double v) && double.IsFinite(v)
                ? v
                : throw Wrong(key, nodes[i], "a number");
        }

        return values;
    }

    /// <summary>One finite number, or null when it is missing.</summary>
    public double? Number(string key) => Numbers(key) is not { } all ? null : all.Count == 1 ? all[0] : throw Wrong(key, Find(key), "one number");

    /// <summary>true or false, or null when it is missing.</summary>
    public bool? Flag(string key) => Find(key) is not { } node ? null : node.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(key, node, "true or false"),
    };

    /// <summary>One of some words (case apart), or null when it is missing.</summary>
    public string? OneOf(string key, params string[] words) => TextOr(key, null) is not { } word ? null
        : Array.Find(words, w => string.Equals(w, word, StringComparison.OrdinalIgnoreCase)) is { } known ? known : throw Wrong(key, Find(key), $"one of {string.Join(", ", words)}");

    /// <summary>An object with options of its own, or null when it is missing.</summary>
    public FeatureOptions? Inner(string key) => Find(key) is not { } node ? null
        : node is JsonObject o ? new FeatureOptions(new FeatureSpec($"{spec.Type}.{key}", o), registry) : throw Wrong(key, node, "a map");

    /// <summary>Features inside the options, each a map with its type and options; null when the key is missing.</summary>
    /// <typeparam name="T">What they must be.</typeparam>
    /// <param name="key">The option.</param>
    /// <param name="ofText">What a plain text stands for, such as a column's name.</param>
    /// <param name="needed">In words, what each must be.</param>
    public IReadOnlyList<T>? Features<T>(string key, Func<string, T> ofText, string needed) where T : Feature
    {
        if (Items(key) is not { } nodes)
        {
            return null;
        }

        var features = new T[nodes.Count];
        for (int i = 0; i < features.Length; i++)
        {
            if (nodes[i] is JsonValue value && value.GetValueKind() == JsonValueKind.String)
            {
                features[i] = ofText(value.GetValue<string>());
                continue;
            }

            var inner = nodes[i] as JsonObject ?? throw Wrong(key, nodes[i], needed);
            string type = inner["type"]?.GetValueKind() == JsonValueKind.String ? inner["type"]!.GetValue<string>() : throw Wrong(key, inner, $"a type in each entry, and {needed},");
            var options = inner.DeepClone().AsObject();
            options.Remove("type");
            features[i] = (registry ?? new FeatureRegistry()).Create(new FeatureSpec(type, options)) as T ?? throw Wrong(key, inner, needed);
        }

        return features;
    }

    /// <summary>Refuses keys that nobody asked for.</summary>
    /// <exception cref="DataException">An unknown key; the nearest known one is named.</exception>
    public void Done()
    {
        foreach (var (key, _) in spec.Options)
        {
            if (!_known.Contains(key))
            {
                string[] known = [.. _known];
                Array.Sort(known, StringComparer.Ordinal);
                string hint = Spelling.Nearest(key, known) is { } near ? $"did you mean '{near}'?" : $"known are {string.Join(", ", known)}";
                throw new DataException(DataFault.Job, $"[{spec.Type}] unknown option '{key}'; {hint}");
            }
        }
    }

    /// <summary>A wrong option as an error.</summary>
    public DataException Wrong(string key, JsonNode? seen, string needed) =>
        new(DataFault.Job, $"[{spec.Type}] option '{key}' is {seen?.ToJsonString() ?? "null"}; {needed} is needed");

    private DataException Missing(string key) => new(DataFault.Job, $"[{spec.Type}] option '{key}' is missing; it is needed");

    private JsonNode? Find(string key)
    {
        _known.Add(key);
        return spec.Options[key];
    }

    private IReadOnlyList<JsonNode?>? Items(string key) => Find(key) is not { } node ? null : node is JsonArray a ? [.. a] : [node];
}
