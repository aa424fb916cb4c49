using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace YarnDL.Outcomes;

/// <summary>How a command ended: one line of JSON, last on stdout and kept as outcome.json.</summary>
/// <param name="Command">The command, such as <c>train</c>.</param>
/// <param name="Code">The exit code.</param>
/// <param name="Message">What a user reads; null when all is said by the fields.</param>
/// <param name="Fields">Paths, metrics and ledger of the command, in order.</param>
public sealed record Outcome(string Command, ExitCode Code, string? Message, JsonObject Fields)
{
    /// <summary>Where outcome.json belongs; null when the command has no output.</summary>
    public string? File { get; init; }

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The JSON, in one line.</summary>
    public string ToLine()
    {
        JsonObject o = new()
        {
            ["outcome"] = ExitCodes.Name(Code),
            ["exit"] = (int)Code,
            ["command"] = Command,
            ["retryable"] = ExitCodes.Retryable(Code),
        };
        if (Message is not null)
        {
            o["message"] = Message;
        }

        foreach ((string key, JsonNode? value) in Fields)
        {
            o[key] = value?.DeepClone();
        }

        return o.ToJsonString(Plain);
    }
}
