using System.Text.Json.Nodes;

namespace YarnDL.Data.Features;

/// <summary>How a feature travels: a registered name and options as JSON, never code.</summary>
public sealed record FeatureSpec(string Type, JsonObject Options)
{
    /// <summary>One map: the type, then the options, as features inside a feature's options are written.</summary>
    public JsonObject ToJson()
    {
        var map = new JsonObject { ["type"] = Type };
        foreach (var (key, value) in Options)
        {
            map[key] = value?.DeepClone();
        }

        return map;
    }
}
