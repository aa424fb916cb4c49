using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using YarnDL.Data.Encoding;
using YarnDL.Data.Rows;
using YarnDL.Data.Series;

namespace YarnDL.Data.Features;

/// <summary>Features with what they learned of the training rows: features.json of a model directory.</summary>
public sealed class FittedFeatures
{
    /// <summary>Raised when the layout of features.json changes.</summary>
    public const int Version = 1;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonNode?[] _fitted;

    /// <param name="fitted">One state per feature of <see cref="FeatureList.All"/>, null where it has none.</param>
    /// <exception cref="DataException">A state is missing or malformed.</exception>
    public FittedFeatures(FeatureList list, IReadOnlyList<JsonNode?> fitted)
    {
        if (fitted.Count != list.All.Length)
        {
            throw new DataException(DataFault.Input, $"[features] {fitted.Count} fitted states for {list.All.Length} features; fit them again");
        }

        List = list;
        _fitted = [.. fitted];
        var columns = new List<EncodedColumn>();
        for (int i = 0; i < _fitted.Length; i++)
        {
            if (!list.All[i].IsRandom)
            {
                columns.Add(list.All[i].Encoded(_fitted[i]));
            }
        }

        foreach (string raw in list.RawColumns)
        {
            columns.Add(FeatureList.RawColumn(raw));
        }

        Columns = columns;
    }

    public FeatureList List { get; }

    /// <summary>The encoded columns: one per feature that is encoded once, then the raw columns of those that run per epoch.</summary>
    public IReadOnlyList<EncodedColumn> Columns { get; }

    /// <summary>The state of a feature, by its position in the list; null when it has none.</summary>
    public JsonNode? StateOf(int feature) => _fitted[feature];

    /// <summary>The same without labels: what scoring needs.</summary>
    public FittedFeatures WithoutLabels() => Where(f => !f.IsLabel);

    /// <summary>The features whose encoded columns are named: what a part of a model needs. Where none is, all but labels: the rows at least.</summary>
    public FittedFeatures Named(IReadOnlyCollection<string> columns) => List.All.Any(f => columns.Contains(f.Name)) ? Where(f => columns.Contains(f.Name)) : WithoutLabels();

    private FittedFeatures Where(Func<Feature, bool> keep) =>
        new(List.Where(keep), [.. _fitted.Where((_, i) => keep(List.All[i]))]);

    /// <summary>Prepares encoding of rows of a schema. One encoder per thread.</summary>
    /// <exception cref="DataException">A column is missing or has a type its feature cannot read.</exception>
    public RowEncoder Bind(Schema schema) => new(this, schema);

    /// <summary>features.json: the same bytes for the same features and state.</summary>
    public string ToJson()
    {
        var features = new JsonArray();
        for (int i = 0; i < _fitted.Length; i++)
        {
            var spec = List.All[i].Spec;
            features.Add(new JsonObject { ["type"] = spec.Type, ["options"] = spec.Options.DeepClone(), ["fitted"] = _fitted[i]?.DeepClone() });
        }

        var root = new JsonObject { ["version"] = Version, ["features"] = features };
        if (List.Series is { } series)
        {
            root["series"] = series.ToJson();
        }

        return root.ToJsonString(Indented) + "\n";
    }

    /// <summary>Reads features.json.</summary>
    /// <exception cref="DataException">Malformed, a newer version, or an unknown feature.</exception>
    public static FittedFeatures Parse(string json, FeatureRegistry registry)
    {
        try
        {
            var root = JsonNode.Parse(json)!.AsObject();
            int version = root["version"]!.GetValue<int>();
            if (version is < 1 or > Version)
            {
                throw new DataException(DataFault.Input, $"[features] features.json has version {version}, this release reads 1 to {Version}; use the release that wrote it");
            }

            var features = new List<Feature>();
            var fitted = new List<JsonNode?>();
            foreach (var node in root["features"]!.AsArray())
            {
                features.Add(registry.Create(new FeatureSpec(node!["type"]!.GetValue<string>(), node["options"]!.DeepClone().AsObject())));
                fitted.Add(node["fitted"]?.DeepClone());
            }

            var series = root["series"] is { } s ? SeriesOptions.Parse(s.DeepClone().AsObject()) : null;
            return new FittedFeatures(new FeatureList(features) { Series = series }, fitted);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or FormatException or ArgumentException)
        {
            throw new DataException(DataFault.Input, $"[features] features.json is malformed: {e.Message}", e);
        }
    }
}
