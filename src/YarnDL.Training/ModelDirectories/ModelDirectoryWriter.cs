using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using YarnDL.Data.Encoding;
using YarnDL.Data.Files;
using YarnDL.Graphs;
using YarnDL.ModelFiles.Onnx;
using YarnDL.ModelFiles.Safetensors;
using YarnDL.Tensors;
using YarnDL.Training.Runs;
using YarnDL.Training.Steps;
using YarnDL.Training.Storage;

namespace YarnDL.Training.ModelDirectories;

/// <summary>Writes a model directory under a temporary name and publishes it by one rename.</summary>
internal static class ModelDirectoryWriter
{
    /// <summary>Looks, before a run starts, whether its model may be published.</summary>
    /// <returns>The manifest, when this very run has published it already.</returns>
    /// <exception cref="FileStoreException">Another model is there and is not to be replaced, or cannot be.</exception>
    public static JsonObject? Published(IFileStore store, string path, string run, JsonObject fingerprint, bool replace)
    {
        if (ModelPath.Resolve(store, path) is not { } folder)
        {
            return store.Stat(path) is null || (replace && ModelPath.Newest(store, path) > 0) || store.List(path).Count == 0 ? null
                : throw new FileStoreException(FileStoreFault.Exists, $"[model] {path} is there and is no model directory; choose another path, or delete it");
        }

        JsonObject? manifest = SealedJson.Read(CheckedFiles.ReadAll(store, $"{folder}/{ModelFormat.Manifest}"));
        if (manifest is not null && (string?)manifest["run"] == run && PlanFingerprint.Difference(fingerprint, manifest["plan"] as JsonObject) is null)
        {
            return manifest;
        }

        if (!replace)
        {
            throw new FileStoreException(FileStoreFault.Exists, $"[model] {path} is there already; choose another path, delete it, or keep versions (replace)");
        }

        return folder != path ? null
            : throw new FileStoreException(FileStoreFault.Exists, $"[model] {path} is a single model, versions need a folder of their own; choose another path, or delete it");
    }

    /// <summary>Writes and publishes.</summary>
    /// <param name="replace">True: a new version in the folder <paramref name="path"/>, made current.</param>
    /// <returns>The folder that holds the files.</returns>
    public static string Write(IFileStore store, string path, bool replace, ModelContent content)
    {
        string target = replace ? $"{path}/{ModelPath.Version(ModelPath.Newest(store, path) + 1)}" : path;
        int slash = target.LastIndexOf('/');
        string temporary = $"{target[..(slash + 1)]}.tmp-{target[(slash + 1)..]}";
        store.Delete(temporary);
        store.MakeFolders(temporary);
        try
        {
            WriteFiles(store, temporary, content);
            if (!replace && store.Stat(target) is { IsFolder: true } && store.List(target).Count == 0)
            {
                store.Delete(target);
            }

            store.Rename(temporary, target);
        }
        catch
        {
            store.Delete(temporary);
            throw;
        }

        if (replace)
        {
            string pointer = $"{path}/{ModelPath.Current}";
            store.Delete(pointer + ".tmp");
            CheckedFiles.WriteAll(store, pointer + ".tmp", Encoding.UTF8.GetBytes(target[(slash + 1)..] + "\n"));
            store.Replace(pointer + ".tmp", pointer);
        }

        return target;
    }

    public static JsonNode? Ledger(RowLedger? l) => l is null ? null : new JsonObject
    {
        ["read"] = l.Read,
        ["trained"] = l.Trained,
        ["heldOut"] = l.HeldOut,
        ["filtered"] = l.Filtered,
        ["dropped"] = l.Dropped,
        ["quarantined"] = l.Quarantined,
    };

    private static void WriteFiles(IFileStore store, string folder, ModelContent c)
    {
        Graph graph = c.Plan.Model.Graph;
        var files = new JsonObject();
        CheckedFiles.Write(store, folder, ModelFormat.Graph, s => OnnxWriter.Write(graph, c.Parameters.Span<float>(), c.Buffers.Span<float>(), s, new OnnxWriteOptions()), files);
        CheckedFiles.Write(store, folder, ModelFormat.Weights, s => WriteTensors(s, "", Named(graph.Parameters, c.Parameters.Span<float>()).Concat(Named(graph.Buffers, c.Buffers.Span<float>()))), files);
        CheckedFiles.Write(store, folder, ModelFormat.Features, c.Run.Features.Length > 0 ? c.Run.Features.ToArray() : "{}\n"u8.ToArray(), files);
        CheckedFiles.Write(store, folder, ModelFormat.Card, Encoding.UTF8.GetBytes(ModelCard.Text(c)), files);
        if (c.Run.SaveOptimizerState)
        {
            CheckedFiles.Write(store, folder, ModelFormat.Optimizer, s => WriteTensors(s, c.Plan.Optimizer.Spec.Type, c.Optimizer.SelectMany(o => Named(graph.Parameters, o.Value, o.Key + "/"))), files);
        }

        CheckedFiles.WriteAll(store, $"{folder}/{ModelFormat.Times}", Encoding.UTF8.GetBytes(Times(c).ToJsonString() + "\n"));
        CheckedFiles.WriteAll(store, $"{folder}/{ModelFormat.Manifest}", SealedJson.Write(Manifest(c, files)));
    }

    private static JsonObject Manifest(ModelContent c, JsonObject files) => new()
    {
        ["format"] = ModelFormat.Name,
        ["version"] = ModelFormat.Version,
        ["release"] = typeof(ModelDirectoryWriter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0],
        ["kernelSet"] = KernelSet.Name,
        ["run"] = c.Run.RunId,
        ["plan"] = c.Fingerprint.DeepClone(),
        ["seed"] = c.Plan.Seed,
        ["dataHash"] = c.Rows.DataHash,
        ["rows"] = new JsonObject { ["trained"] = c.Rows.Rows, ["heldOut"] = c.HeldOut?.Rows ?? 0, ["appliedPerEpoch"] = c.Rows.Rows },
        ["ledger"] = Ledger(c.Run.Ledger),
        ["parameters"] = c.Plan.Model.Graph.ParameterCount,
        ["steps"] = c.Steps,
        ["optimizerSteps"] = c.OptimizerSteps,
        ["epochs"] = c.Epochs.Count,
        ["inputs"] = new JsonObject([.. c.Plan.Inputs.OrderBy(i => i.Key, StringComparer.Ordinal).Select(i => KeyValuePair.Create<string, JsonNode?>(i.Key, i.Value))]),
        ["losses"] = new JsonArray([.. c.Plan.AllPhases.SelectMany(p => p.Losses).Select(l => new JsonObject { ["loss"] = l.Loss.Spec.ToJson(), ["output"] = l.Output, ["target"] = l.TargetColumn, ["weight"] = l.Weight, ["rowWeight"] = l.RowWeightColumn, ["targetValue"] = l.TargetValue })]),
        ["metrics"] = Metrics(c),
        ["values"] = c.Epochs.Count > 0 ? TrainingState.Values(c.Epochs[^1].Values) : new JsonObject(),
        ["initFrom"] = c.InitChecksum is { } sum ? new JsonObject { ["manifest"] = sum, ["optimizerState"] = c.Run.Init!.OptimizerState } : null,
        ["rejected"] = c.Rejected,
        ["configuration"] = c.Run.Configuration?.DeepClone(),
        ["files"] = files,
    };

    /// <summary>A metric on the output of the only phase's first loss is its spec alone; all others say what they judge.</summary>
    private static JsonArray Metrics(ModelContent c)
    {
        var all = new JsonArray();
        for (int p = 0; p < c.Phases.Count; p++)
        {
            for (int i = 0; i < c.Phases[p].Metrics.Count; i++)
            {
                PhaseMetric m = c.Phases[p].Metrics[i];
                all.Add(c.Phases.Count == 1 && c.Plan.AllPhases[p].Metrics[i] is { Output: "", TargetColumn: "", Name: null }
                    ? m.Metric.Spec.ToJson()
                    : new JsonObject { ["metric"] = m.Metric.Spec.ToJson(), ["output"] = m.Output, ["target"] = m.Column, ["name"] = c.Phases.Count == 1 ? m.Name : $"{c.Phases[p].Name}_{m.Name}" });
            }
        }

        return all;
    }

    private static JsonObject Times(ModelContent c)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return new JsonObject
        {
            ["started"] = c.Started.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            ["finished"] = now.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            ["epochSeconds"] = new JsonArray([.. c.Epochs.Select(e => JsonValue.Create(Math.Round(e.Seconds, 3)))]),
        };
    }

    private static List<(string Name, Tensor Tensor)> Named(IReadOnlyList<Value> values, ReadOnlySpan<float> vector, string prefix = "")
    {
        var named = new List<(string, Tensor)>();
        foreach (Value v in values)
        {
            Shape shape = v.Shape.At(1);
            named.Add((prefix + v.Name, Tensor.From(shape, vector.Slice(checked((int)v.Offset), checked((int)shape.ElementCount)))));
        }

        return named;
    }

    private static void WriteTensors(Stream to, string optimizer, IEnumerable<(string Name, Tensor Tensor)> tensors)
    {
        var byName = tensors.ToDictionary(t => t.Name, t => t.Tensor, StringComparer.Ordinal);
        SafetensorsFile.Write(to, byName, optimizer.Length > 0 ? new Dictionary<string, string> { ["optimizer"] = optimizer } : null);
        foreach (Tensor t in byName.Values)
        {
            t.Dispose();
        }
    }
}
