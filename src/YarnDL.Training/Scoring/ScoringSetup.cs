using System.Text.Json;
using System.Text.Json.Nodes;
using YarnDL.Data.Encoding;

namespace YarnDL.Training.Scoring;

/// <summary>What is wanted of a model and its rows, wherever these are scored: it travels as JSON.</summary>
/// <param name="Outputs">As <see cref="ScoreRequest.Outputs"/>.</param>
/// <param name="Keep">Columns that are copied into the predictions, as the source spells them.</param>
/// <param name="BatchSize">Rows that run together.</param>
/// <param name="OnBadRow">What happens to rows that cannot be encoded; the limit is watched by the driver.</param>
internal sealed record ScoringSetup(IReadOnlyList<string> Outputs, IReadOnlyList<string> Keep, int BatchSize, BadRowKind OnBadRow)
{
    public string ToJson() => new JsonObject
    {
        ["outputs"] = new JsonArray([.. Outputs.Select(o => (JsonNode)o)]),
        ["keep"] = new JsonArray([.. Keep.Select(k => (JsonNode)k)]),
        ["batchSize"] = BatchSize,
        ["onBadRow"] = (int)OnBadRow,
    }.ToJsonString();

    /// <exception cref="TrainingException">Malformed.</exception>
    public static ScoringSetup Parse(string json)
    {
        try
        {
            JsonNode root = JsonNode.Parse(json)!;
            return new ScoringSetup(Texts(root["outputs"]!), Texts(root["keep"]!), Math.Max(1, root["batchSize"]!.GetValue<int>()), (BadRowKind)root["onBadRow"]!.GetValue<int>());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or FormatException)
        {
            throw new TrainingException(TrainingFault.Job, $"[score] the description of a scoring is malformed: {e.Message}; driver and workers must be of one release", e);
        }
    }

    private static string[] Texts(JsonNode node) => [.. node.AsArray().Select(t => t!.GetValue<string>())];
}
