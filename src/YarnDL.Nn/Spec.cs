using System.Text.Json.Nodes;

namespace YarnDL.Nn;

/// <summary>How losses, optimizers, schedules, metrics and features travel: a registered name and options as JSON, never code.</summary>
public sealed record Spec(string Type, JsonObject Options)
{
    public Spec(string type) : this(type, [])
    {
    }
}
