using System.Text.Json.Nodes;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Features;

/// <summary>The features that a feature is made of: their columns, their fits as one, their fitted states as a JSON list.</summary>
internal sealed class FeatureParts<T>(string type, IReadOnlyList<T> parts) where T : Feature
{
    public IReadOnlyList<T> All { get; } = parts.Count > 0 ? [.. parts] : throw new DataException(DataFault.Job, $"[{type}] there is no part; name at least one");

    /// <summary>The columns of all parts, each once, in order of first use.</summary>
    public IReadOnlyList<string> Columns { get; } = [.. parts.SelectMany(p => p.Columns).Distinct(StringComparer.Ordinal)];

    public JsonArray ToJson() => new([.. All.Select(p => p is WordFeature ? JsonValue.Create(p.Name) : (JsonNode)p.Spec.ToJson())]);

    /// <summary>Null when no part has to see the data first.</summary>
    public FeatureFit? NewFit(Schema schema)
    {
        FeatureFit?[] fits = [.. All.Select(p => p.NewFit(schema))];
        return Array.TrueForAll(fits, f => f is null) ? null : new PartsFit(type, fits);
    }

    /// <summary>The state of a part within the state of the whole.</summary>
    /// <exception cref="DataException">The state is not a list with an entry for each part.</exception>
    public JsonNode? State(JsonNode? fitted, int part) => fitted switch
    {
        null => null,
        JsonArray all when all.Count == All.Count => all[part],
        _ => throw new DataException(DataFault.Input, $"[{type}] the fitted state has {(fitted as JsonArray)?.Count.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no"} entries for {All.Count} parts; fit the feature again"),
    };

    public FeatureEncoder[] Bind(Schema schema, JsonNode? fitted)
    {
        var encoders = new FeatureEncoder[All.Count];
        for (int i = 0; i < encoders.Length; i++)
        {
            encoders[i] = All[i].Bind(schema, State(fitted, i));
        }

        return encoders;
    }
}
