using System.Text.Json;
using System.Text.Json.Nodes;
using YarnDL.Data.Features;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Encoding;

/// <summary>What stages 1 and 2 must know of a job, wherever they run: it travels as JSON.</summary>
public sealed record EncodingSetup
{
    private const int Version = 1;

    public required FeatureList Features { get; init; }

    /// <summary>Columns that identify a row; none: all that the features read.</summary>
    public IReadOnlyList<string> RowKey { get; init; } = [];

    /// <summary>Columns that bad-row records show; none: the row key.</summary>
    public IReadOnlyList<string> KeyColumns { get; init; } = [];

    /// <summary>Part of the rows that is held out, by row id.</summary>
    public double HeldOutFraction { get; init; }

    public BadRowPolicy OnBadRow { get; init; } = BadRowPolicy.Fail;

    /// <summary>True keeps a row; null keeps all. Code does not travel: null after <see cref="Parse"/>.</summary>
    public Func<ColumnBatch, int, bool>? Filter { get; init; }

    /// <summary>An empty aggregate over rows of a schema.</summary>
    /// <exception cref="DataException">A column is missing or has a type its feature cannot read.</exception>
    public FitPartial NewFit(Schema schema) => new(Features, schema, Sides(schema));

    /// <summary>Stage 2 for rows of a schema; one per thread.</summary>
    /// <exception cref="DataException">A column is missing or has a type its feature cannot read.</exception>
    public PartEncoder NewEncoder(FittedFeatures fitted, Schema schema) =>
        new(fitted, schema, Sides(schema), OnBadRow, KeyColumns.Count > 0 ? KeyColumns : RowKey, RowKey);

    /// <summary>The setup without its filter.</summary>
    public string ToJson()
    {
        var features = new JsonArray();
        foreach (var feature in Features.All)
        {
            features.Add(new JsonObject { ["type"] = feature.Spec.Type, ["options"] = feature.Spec.Options.DeepClone() });
        }

        return new JsonObject
        {
            ["version"] = Version,
            ["features"] = features,
            ["rowKey"] = new JsonArray([.. RowKey.Select(k => (JsonNode)k)]),
            ["keyColumns"] = new JsonArray([.. KeyColumns.Select(k => (JsonNode)k)]),
            ["heldOut"] = BitConverter.DoubleToInt64Bits(HeldOutFraction),
            ["onBadRow"] = (int)OnBadRow.Kind,
            ["mostBadRows"] = OnBadRow.Most,
        }.ToJsonString();
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="DataException">Malformed, or a feature that is not registered here.</exception>
    public static EncodingSetup Parse(string json, FeatureRegistry registry)
    {
        try
        {
            var root = JsonNode.Parse(json)!.AsObject();
            if (root["version"]!.GetValue<int>() != Version)
            {
                throw new FormatException($"version {root["version"]}, {Version} is read");
            }

            var kind = (BadRowKind)root["onBadRow"]!.GetValue<int>();
            return !Enum.IsDefined(kind) ? throw new FormatException($"bad rows {(int)kind}") : new EncodingSetup
            {
                Features = new FeatureList([.. root["features"]!.AsArray().Select(f => registry.Create(new FeatureSpec(f!["type"]!.GetValue<string>(), f["options"]!.DeepClone().AsObject())))]),
                RowKey = Texts(root["rowKey"]!),
                KeyColumns = Texts(root["keyColumns"]!),
                HeldOutFraction = BitConverter.Int64BitsToDouble(root["heldOut"]!.GetValue<long>()),
                OnBadRow = new BadRowPolicy(kind, root["mostBadRows"]!.GetValue<long>()),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or FormatException or ArgumentException)
        {
            throw new DataException(DataFault.Input, $"[encode] the description of an encoding is malformed: {e.Message}; driver and workers must be of one release", e);
        }
    }

    private static string[] Texts(JsonNode node) => [.. node.AsArray().Select(t => t!.GetValue<string>())];

    private RowSides Sides(Schema schema) => new(new RowIdHasher(schema, RowKey.Count > 0 ? RowKey : Features.Columns), new HashSplit(HeldOutFraction), Filter);
}
