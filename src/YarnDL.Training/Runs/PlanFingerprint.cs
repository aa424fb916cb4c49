using System.Security.Cryptography;
using System.Text.Json.Nodes;
using YarnDL.Tensors;
using YarnDL.Training.Steps;

namespace YarnDL.Training.Runs;

/// <summary>What makes two runs the same training: every setting that a bit of the model depends on, by name, so that a difference can be told.</summary>
internal static class PlanFingerprint
{
    public static JsonObject Of(TrainingPlan plan, StepPlan steps, IRowSource rows, IRowSource? heldOut) => new()
    {
        ["epochs"] = plan.Epochs,
        ["batch size"] = plan.BatchSize,
        ["shards"] = steps.Shards,
        ["seed"] = plan.Seed,
        ["shuffle"] = plan.Shuffle,
        ["clip norm"] = plan.ClipNorm,
        ["clip value"] = plan.ClipValue,
        ["accumulate"] = plan.Accumulate,
        ["end"] = plan.EndWhen?.Spec.ToJson(),
        ["validation"] = plan.ValidateWhen?.Spec.ToJson(),
        ["step function"] = plan.StepFunction?.Name,
        ["optimizer"] = plan.Optimizer.Spec.ToJson(),
        ["schedule"] = plan.Schedule.Spec.ToJson(),
        ["rules"] = new JsonArray([.. plan.Rules.Select(r => new JsonObject { ["pattern"] = r.Pattern, ["optimizer"] = r.Optimizer?.Spec.ToJson(), ["schedule"] = r.Schedule?.Spec.ToJson(), ["rate"] = r.Rate, ["frozen"] = r.Frozen })]),
        ["phases"] = new JsonArray([.. plan.Phases.Select(p => new JsonObject { ["name"] = p.Name, ["every"] = p.Every, ["optimizer"] = p.Optimizer.Spec.ToJson(), ["schedule"] = p.Schedule?.Spec.ToJson() })]),
        ["rows"] = rows.DataHash,
        ["rows the schedule listens to"] = plan.AllPhases.Any(p => (p.Schedule ?? plan.Schedule).Begin(0).Length > 0) || plan.Rules.Any(r => r.Schedule?.Begin(0).Length > 0) || plan.EndWhen is not null ? heldOut?.DataHash : null,
        ["initial weights"] = Hash(plan.Model.Parameters) + Hash(plan.Model.Buffers),
        ["model, losses and metrics"] = Hash(StepPlanFormat.Write(steps)),
    };

    /// <summary>The first setting that differs, as "epochs 5 instead of 3"; null when none does.</summary>
    public static string? Difference(JsonObject here, JsonObject? there)
    {
        foreach ((string name, JsonNode? value) in here)
        {
            if (!JsonNode.DeepEquals(value, there?[name]))
            {
                return $"{name} {value?.ToJsonString()} instead of {there?[name]?.ToJsonString() ?? "nothing"}";
            }
        }

        return null;
    }

    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static unsafe string Hash(Tensor t)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long bytes = t.Shape.ElementCount * t.DType.Size();
        for (long at = 0; at < bytes; at += 1 << 30)
        {
            hash.AppendData(new ReadOnlySpan<byte>((byte*)t.View.Data + at, (int)Math.Min(1 << 30, bytes - at)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
