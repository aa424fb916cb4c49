using System.Text.Json.Serialization;

namespace YarnDL.Chaos;

/// <summary>What happened in one trial; printed as one JSON line.</summary>
internal sealed record Trial(
    [property: JsonPropertyName("trial")] int Number,
    [property: JsonPropertyName("victim")] string Victim,
    [property: JsonPropertyName("workers")] int Workers,
    [property: JsonPropertyName("killedAtMs")] IReadOnlyList<int> KilledAtMs,
    [property: JsonPropertyName("runs")] int Runs,
    [property: JsonPropertyName("recovered")] int Recovered,
    [property: JsonPropertyName("orphans")] int Orphans,
    [property: JsonPropertyName("same")] bool Same,
    [property: JsonPropertyName("seconds")] double Seconds);
