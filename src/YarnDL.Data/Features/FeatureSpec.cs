using System.Text.Json.Nodes;

namespace YarnDL.Data.Features;

/// <summary>How a feature travels: a registered name and options as JSON, never code.</summary>
public sealed record FeatureSpec(string Type, JsonObject Options);
