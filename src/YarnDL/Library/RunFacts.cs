using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using YarnDL.Commands;
using YarnDL.Data.Encoding;
using YarnDL.Data.Series;
using YarnDL.Graphs.Programs;
using YarnDL.Nn;
using YarnDL.Reports;
using YarnDL.Tensors;
using YarnDL.Training;
using YarnDL.Training.Scoring;

namespace YarnDL;

/// <summary>Writes and reads run.json and evaluation.json of a run's folder.</summary>
internal static class RunFacts
{
    private const int SlowestOperators = 12;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes run.json and job.yaml.</summary>
    public static void Write(RunFolder folder, Trainer trainer, EncodeResult encoded, TrainingResult result, Model model, string engine, TimeSpan time, SeriesLedger? sourceRows)
    {
        JsonObject o = new()
        {
            ["name"] = trainer.Name,
            ["outcome"] = result.Outcome switch { TrainingOutcome.Cancelled => "cancelled", TrainingOutcome.Rejected => "gate", _ => "done" },
            ["runId"] = trainer.RunId,
            ["seed"] = trainer.Seed,
            ["engine"] = engine,
            ["parameters"] = model.Graph.ParameterCount,
            ["trainedRows"] = encoded.Ledger.Trained,
            ["steps"] = result.Steps,
            ["seconds"] = Math.Round(time.TotalSeconds, 1),
            ["dataHash"] = encoded.DataHash,
            ["heldOutHash"] = encoded.HeldOutHash,
            ["kernelSet"] = KernelSet.Name,
            ["cpuPath"] = CpuPath.Name,
            ["yarndl"] = Versions.Product,
            ["dotnet"] = Environment.Version.ToString(),
            ["fingerprint"] = trainer.Fingerprint,
            ["ledger"] = Ledger(encoded.Ledger),
            ["operators"] = Operators(result.NodeTimes),
        };
        if (sourceRows is { } s)
        {
            o["sourceRows"] = SourceRows(s);
        }

        folder.Write(folder.Facts, o.ToJsonString(Indented) + "\n");
        if (trainer.ConfigurationText is { } text)
        {
            folder.Write(folder.Job, text);
        }
    }

    /// <summary>The slowest nodes of the training graph: share of the measured time, and milliseconds per run of the program.</summary>
    private static JsonArray Operators(IReadOnlyList<NodeTime> times)
    {
        double all = times.Sum(static t => t.Seconds);
        return [.. times.Take(SlowestOperators).Select(t => new JsonObject
        {
            ["operator"] = t.Operator,
            ["node"] = t.Node,
            ["share"] = all > 0 ? Math.Round(t.Seconds / all, 4) : 0,
            ["milliseconds"] = Math.Round(1000 * t.Seconds / t.Runs, 4),
            ["gflops"] = t.Seconds > 0 ? Math.Round(t.Flops / t.Seconds / 1e9, 1) : 0,
        })];
    }

    /// <summary>The ledger as JSON.</summary>
    public static JsonObject Ledger(RowLedger l) => new()
    {
        ["read"] = l.Read,
        ["trained"] = l.Trained,
        ["heldOut"] = l.HeldOut,
        ["filtered"] = l.Filtered,
        ["dropped"] = l.Dropped,
        ["quarantined"] = l.Quarantined,
    };

    /// <summary>The source rows of windows as JSON.</summary>
    public static JsonObject SourceRows(SeriesLedger l) => new() { ["read"] = l.Read, ["used"] = l.Used, ["unused"] = l.Unused, ["bad"] = l.Bad };

    /// <summary>The inverse; null when it is not such a ledger.</summary>
    public static RowLedger? Ledger(JsonObject? o)
    {
        long Get(string key) => o![key]!.GetValue<long>();
        try
        {
            return o is null ? null : new(Get("read"), Get("trained"), Get("heldOut"), Get("filtered"), Get("dropped"), Get("quarantined"));
        }
        catch (Exception e) when (e is NullReferenceException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>evaluation.json: rows, values by name, classes, confusion matrix (rows truth, columns prediction).</summary>
    public static string Evaluation(EvaluationResult e, string on)
    {
        JsonObject o = new()
        {
            ["on"] = on,
            ["rows"] = e.Rows,
            ["dropped"] = e.Dropped,
            ["values"] = Values(e.Values),
            ["classes"] = new JsonArray([.. e.Classes.Select(c => JsonValue.Create(c))]),
        };
        if (e.Confusion is { } m)
        {
            o["confusion"] = new JsonArray([.. m.Select(r => new JsonArray([.. r.Select(v => JsonValue.Create(v))]))]);
        }

        return o.ToJsonString(Indented) + "\n";
    }

    /// <summary>Numbers by name; what is no number becomes text.</summary>
    public static JsonObject Values(IEnumerable<KeyValuePair<string, double>> values)
    {
        JsonObject o = [];
        foreach ((string key, double value) in values.OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            o[key] = double.IsFinite(value) ? JsonValue.Create(value) : JsonValue.Create("NaN");
        }

        return o;
    }
}
