using System.Text.Json.Nodes;
using YarnDL.Tensors;
using YarnDL.Training.Steps;

namespace YarnDL.Training.Runs;

/// <summary>Everything that changes while a run goes on: what a checkpoint holds.</summary>
internal sealed class TrainingState : IDisposable
{
    public TrainingState(StepPlan plan, IReadOnlyList<IReadOnlyList<PhaseGroup>> groups)
    {
        Parameters = new Tensor(DType.Float32, new Shape(plan.ParameterCount));
        Buffers = new Tensor(DType.Float32, new Shape(plan.BufferCount));
        Phases = [.. plan.Phases.Select((p, i) => new PhaseState(p, groups[i]))];
    }

    public Tensor Parameters { get; }

    public Tensor Buffers { get; }

    public PhaseState[] Phases { get; }

    /// <summary>State vectors of the optimizers by name.</summary>
    public SortedDictionary<string, float[]> Optimizer { get; } = new(StringComparer.Ordinal);

    /// <summary>Numbers that a step function keeps.</summary>
    public SortedDictionary<string, double[]> Kept { get; } = new(StringComparer.Ordinal);

    /// <summary>Steps done.</summary>
    public long Step { get; set; }

    /// <summary>The step that comes next.</summary>
    public StepPosition Position { get; set; }

    /// <summary>How often the run was resumed.</summary>
    public int Attempt { get; set; }

    public List<EpochReport> Epochs { get; } = [];

    /// <summary>The newest values of the held-out rows.</summary>
    public SortedDictionary<string, double> Validated { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The step after which they were measured; -1: not yet.</summary>
    public long ValidatedAt { get; set; } = -1;

    /// <summary>Lines of metrics.jsonl so far.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>The best monitored value and the step after which it was measured.</summary>
    public (double Value, long Step)? Best { get; set; }

    public void Dispose()
    {
        Parameters.Dispose();
        Buffers.Dispose();
        Array.ForEach(Phases, p => p.Dispose());
    }

    /// <summary>All but vectors and lines.</summary>
    public JsonObject Describe() => new()
    {
        ["step"] = Step,
        ["epoch"] = Position.Epoch,
        ["stepOfEpoch"] = Position.Step,
        ["attempt"] = Attempt,
        ["phases"] = new JsonArray([.. Phases.Select(p => p.Describe())]),
        ["kept"] = new JsonObject(Kept.Select(k => KeyValuePair.Create<string, JsonNode?>(k.Key, PhaseState.Bits(k.Value)))),
        ["validated"] = Values(Validated),
        ["validatedAt"] = ValidatedAt,
        ["epochs"] = new JsonArray([.. Epochs.Select(e => new JsonObject { ["epoch"] = e.Epoch, ["seconds"] = e.Seconds, ["values"] = Values(e.Values) })]),
        ["best"] = Best is { } b ? new JsonObject { ["value"] = b.Value, ["step"] = b.Step } : null,
    };

    /// <summary>The vectors that a checkpoint holds beside the weights, by name; made for it, the caller disposes them.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Vectors()
    {
        foreach ((string name, float[] vector) in Optimizer)
        {
            yield return ("optimizer." + name, Tensor.From<float>(new Shape(vector.Length), vector));
        }

        for (int p = 0; p < Phases.Length; p++)
        {
            foreach ((string name, Tensor tensor) in Phases[p].Vectors())
            {
                yield return ($"phase.{p}.{name}", tensor);
            }
        }
    }

    /// <summary>The inverse of <see cref="Describe"/> and <see cref="Vectors"/>.</summary>
    public void Restore(JsonObject json, Func<string, Tensor> vector)
    {
        Step = (long)json["step"]!;
        Position = new StepPosition((uint)json["epoch"]!, (long)json["stepOfEpoch"]!);
        Attempt = (int)json["attempt"]!;
        foreach ((string name, float[] values) in Optimizer)
        {
            vector("optimizer." + name).Span<float>().CopyTo(values);
        }

        for (int p = 0; p < Phases.Length; p++)
        {
            Phases[p].Restore(json["phases"]![p]!, name => vector($"phase.{p}.{name}"));
        }

        Kept.Clear();
        foreach ((string name, JsonNode? values) in json["kept"]!.AsObject())
        {
            Kept[name] = PhaseState.FromBits(values!);
        }

        Validated = FromValues(json["validated"]!);
        ValidatedAt = (long)json["validatedAt"]!;
        Epochs.Clear();
        foreach (JsonNode? e in json["epochs"]!.AsArray())
        {
            Epochs.Add(new EpochReport((int)e!["epoch"]!, FromValues(e["values"]!), (double)e["seconds"]!));
        }

        Best = json["best"] is { } best ? ((double)best["value"]!, (long)best["step"]!) : null;
    }

    /// <summary>Values by name; those that are no numbers become null.</summary>
    public static JsonObject Values(IReadOnlyDictionary<string, double> values)
    {
        var o = new JsonObject();
        foreach ((string name, double value) in values)
        {
            o[name] = double.IsFinite(value) ? value : null;
        }

        return o;
    }

    private static SortedDictionary<string, double> FromValues(JsonNode values) =>
        new(values.AsObject().ToDictionary(p => p.Key, p => (double?)p.Value ?? double.NaN), StringComparer.Ordinal);
}
