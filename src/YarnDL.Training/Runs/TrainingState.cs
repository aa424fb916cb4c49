using System.Text.Json.Nodes;
using YarnDL.Nn;
using YarnDL.Tensors;
using YarnDL.Training.Steps;

namespace YarnDL.Training.Runs;

/// <summary>Everything that changes while a run goes on: what a checkpoint holds.</summary>
internal sealed class TrainingState(StepPlan plan) : IDisposable
{
    public Tensor Parameters { get; } = new(DType.Float32, new Shape(plan.ParameterCount));

    public Tensor Buffers { get; } = new(DType.Float32, new Shape(plan.BufferCount));

    /// <summary>State vectors of the optimizer by name.</summary>
    public SortedDictionary<string, float[]> Optimizer { get; } = new(StringComparer.Ordinal);

    /// <summary>What a schedule that listens to measures carries from epoch to epoch.</summary>
    public double[] Schedule { get; set; } = [];

    /// <summary>Steps done; also the version of the weights.</summary>
    public long Step { get; set; }

    /// <summary>The step that comes next.</summary>
    public StepPosition Position { get; set; }

    /// <summary>How often the run was resumed.</summary>
    public int Attempt { get; set; }

    /// <summary>What the epoch under way has measured so far.</summary>
    public Measures Measures { get; set; } = new(plan.Phases[0].Losses.Count, plan.Phases[0].Metrics.Count);

    public List<EpochReport> Epochs { get; } = [];

    /// <summary>Lines of metrics.jsonl so far.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>The best monitored value and the step after which it was measured.</summary>
    public (double Value, long Step)? Best { get; set; }

    public void Dispose()
    {
        Parameters.Dispose();
        Buffers.Dispose();
    }

    /// <summary>All but vectors and lines.</summary>
    public JsonObject Describe() => new()
    {
        ["step"] = Step,
        ["epoch"] = Position.Epoch,
        ["stepOfEpoch"] = Position.Step,
        ["attempt"] = Attempt,
        ["schedule"] = new JsonArray([.. Schedule.Select(v => JsonValue.Create(BitConverter.DoubleToInt64Bits(v)))]),
        ["measures"] = new JsonObject
        {
            ["rows"] = Measures.Rows,
            ["numerators"] = Numbers(Measures.Numerators),
            ["denominators"] = Numbers(Measures.Denominators),
            ["metrics"] = new JsonArray([.. Measures.Metrics.Select(m => m is null ? null : new JsonObject { ["sums"] = Numbers(m.Sums), ["list"] = Numbers(m.List) })]),
        },
        ["epochs"] = new JsonArray([.. Epochs.Select(e => new JsonObject { ["epoch"] = e.Epoch, ["seconds"] = e.Seconds, ["values"] = Values(e.Values) })]),
        ["best"] = Best is { } b ? new JsonObject { ["value"] = b.Value, ["step"] = b.Step } : null,
    };

    /// <summary>The inverse of <see cref="Describe"/>.</summary>
    public void Restore(JsonObject json)
    {
        Step = (long)json["step"]!;
        Position = new StepPosition((uint)json["epoch"]!, (long)json["stepOfEpoch"]!);
        Attempt = (int)json["attempt"]!;
        Schedule = [.. json["schedule"]!.AsArray().Select(v => BitConverter.Int64BitsToDouble((long)v!))];
        JsonNode m = json["measures"]!;
        Measures.Rows = (long)m["rows"]!;
        Numbers(m["numerators"]!).CopyTo(Measures.Numerators, 0);
        Numbers(m["denominators"]!).CopyTo(Measures.Denominators, 0);
        for (int i = 0; i < Measures.Metrics.Length; i++)
        {
            if (m["metrics"]![i] is { } value)
            {
                Measures.Metrics[i] = new MetricValue(Numbers(value["sums"]!), Numbers(value["list"]!));
            }
        }

        Epochs.Clear();
        foreach (JsonNode? e in json["epochs"]!.AsArray())
        {
            Epochs.Add(new EpochReport((int)e!["epoch"]!, new SortedDictionary<string, double>(e["values"]!.AsObject().ToDictionary(p => p.Key, p => (double?)p.Value ?? double.NaN), StringComparer.Ordinal), (double)e["seconds"]!));
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

    private static JsonArray Numbers(double[] values) => new([.. values.Select(v => JsonValue.Create(v))]);

    private static double[] Numbers(JsonNode list) => [.. list.AsArray().Select(v => (double)v!)];
}
