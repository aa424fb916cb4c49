using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YarnDL.Outcomes;

namespace YarnDL.Submit;

/// <summary>How an application stands, as YARN tells it.</summary>
internal sealed partial record ApplicationState(string Id, string State, string Final, string User, string Queue, DateTimeOffset Started, DateTimeOffset? Finished, int Attempt, string Url, string Name, string Diagnostics)
{
    public bool IsOver => State is "FINISHED" or "FAILED" or "KILLED";

    /// <summary>Reads an "application" answer.</summary>
    public static ApplicationState Parse(string[] f) => new(f[1], f[2], f[3], f[4], f[5], Time(f[6]), f[7] == "0" ? null : Time(f[7]),
        int.Parse(f[8], CultureInfo.InvariantCulture), f[9], f[10], f.Length > 11 ? f[11].Trim() : "");

    /// <summary>
    /// How the run ended: by its own outcome.json where that names this application, else by the diagnostics ("exit 4 (badRows): ..."), else by YARN's state.
    /// </summary>
    public (ExitCode Code, string? Message, JsonObject? Own) Outcome(string? outcomeFile)
    {
        if (outcomeFile is not null && OutcomeOf(outcomeFile) is { } own && own["application"]?.ToString() == Id && (own["exit"] is not JsonValue || Final == "SUCCEEDED" == ((int)own["exit"]! == 0)))
        {
            return ((ExitCode)(int)own["exit"]!, own["message"]?.ToString(), own);
        }

        if (Final == "SUCCEEDED")
        {
            return (ExitCode.Done, null, null);
        }

        if (State == "KILLED" || Final == "KILLED")
        {
            return (ExitCode.Cancelled, $"[run] {Id} was killed: {Diagnostics}; submit it again with --resume (or the same --run-id) to continue", null);
        }

        Match m = Exit().Match(Diagnostics);
        return m.Success && Enum.IsDefined((ExitCode)int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))
            ? ((ExitCode)int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture), Diagnostics[(m.Index + m.Length)..].Trim(), null)
            : (ExitCode.GaveUp, $"[run] {Id} ended as {Final}: {Explain(Diagnostics)}", null);
    }

    /// <summary>YARN's words with the setting that helps, where it killed the master for its memory.</summary>
    private static string Explain(string diagnostics) =>
        diagnostics.Contains("memory limit", StringComparison.OrdinalIgnoreCase) || diagnostics.Contains("physical memory used", StringComparison.Ordinal) || diagnostics.Contains("virtual memory used", StringComparison.Ordinal)
            ? $"{diagnostics}; the driver's container is too small: raise spark.driver.memoryOverhead" : $"{diagnostics}; see yarndl logs";

    private static JsonObject? OutcomeOf(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static DateTimeOffset Time(string milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(milliseconds, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"exit (\d{1,3}) \([A-Za-z]+\): ")]
    private static partial Regex Exit();
}
