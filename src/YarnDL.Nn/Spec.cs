using System.Text.Json.Nodes;

namespace YarnDL.Nn;

/// <summary>How losses, optimizers, schedules, metrics and features travel: a registered name and options as JSON, never code.</summary>
public sealed record Spec(string Type, JsonObject Options)
{
    public Spec(string type) : this(type, [])
    {
    }

    /// <summary>One object: <c>type</c> first, then the options.</summary>
    public JsonObject ToJson()
    {
        var o = new JsonObject { ["type"] = Type };
        foreach ((string key, JsonNode? value) in Options)
        {
            o[key] = value?.DeepClone();
        }

        return o;
    }

    /// <summary>The inverse of <see cref="ToJson"/>; also takes a bare name and <c>{name: options}</c>.</summary>
    /// <exception cref="SpecException">It is none of these.</exception>
    public static Spec FromJson(JsonNode? json, string area = "spec") => SpecReader.ToSpec(json, area);
}
