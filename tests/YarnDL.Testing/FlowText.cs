using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace YarnDL.Testing;

/// <summary>One-line YAML, as the examples of the documentation are written, as JSON: bare words become texts.</summary>
public static partial class FlowText
{
    public static JsonNode ToJson(string flow) => JsonNode.Parse(Word().Replace(flow, m => m.Value is "true" or "false" or "null" ? m.Value : $"\"{m.Value}\""))!;

    [GeneratedRegex(@"(?<![\w.])[A-Za-z_][\w.]*")]
    private static partial Regex Word();
}
