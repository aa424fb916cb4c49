using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using YarnDL.Data.Blocks;
using YarnDL.Data.Encoding;
using YarnDL.Data.Files;
using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;
using YarnDL.Graphs;
using YarnDL.Jobs;
using YarnDL.ModelFiles.Onnx;
using YarnDL.ModelFiles.Safetensors;
using YarnDL.Outcomes;
using YarnDL.Reports;
using YarnDL.Tensors;
using YarnDL.Training.ModelDirectories;

namespace YarnDL.Commands;

/// <summary>The work of <c>yarndl inspect</c>.</summary>
internal static class InspectRun
{
    public static Outcome Run(CommandSession session, string path)
    {
        LocalFileStore store = new();
        FileStat? stat = store.Stat(path);
        bool IsIn(string file) => store.Stat(Path.Combine(path, file)) is not null;
        string kind = stat switch
        {
            null when JobBinding.FormatOf(path) is not null && path.AsSpan().ContainsAny('*', '?', '[') => "table",
            null => throw new FileStoreException(FileStoreFault.Missing, $"[inspect] {path} does not exist; give a model directory, run folder, checkpoint, blocks, .onnx, .safetensors or a table"),
            { IsFolder: true } when IsIn("metrics.jsonl") && !IsIn("manifest.json") => "run",
            { IsFolder: true } when IsIn("manifest.json") || IsIn("CURRENT") => "directory",
            { IsFolder: true } when IsIn("staging.json") => "staging",
            { IsFolder: true } when IsIn("blocks.json") => "blocks",
            { IsFolder: true } => "table",
            _ when path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) => "onnx",
            _ when path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase) => "safetensors",
            _ => "table",
        };
        JsonObject fields = kind switch
        {
            "run" => RunOf(session, store, path),
            "directory" => DirectoryOf(session, store, path),
            "staging" => Staging(session, store, path),
            "blocks" => Blocks(session, store, path),
            "onnx" => Onnx(session, store, path),
            "safetensors" => Safetensors(session, store, path),
            _ => Table(session, path),
        };
        return session.Done(fields);
    }

    private static JsonObject RunOf(CommandSession session, IFileStore store, string path)
    {
        RunFolder run = new(store, path);
        JsonObject facts = run.ReadJson(run.Facts) ?? [];
        MetricsLines metrics = MetricsLines.Parse(run.Read(run.Metrics)!, run.Metrics);
        session.Say(string.Create(CultureInfo.InvariantCulture, $"run folder: {facts["name"]}, {facts["outcome"] ?? "unfinished"}, {metrics.Epochs.Count} epochs, {metrics.Steps.Count} steps"));
        foreach ((string key, JsonNode? value) in facts.Where(f => f.Value is JsonValue))
        {
            session.Say($"  {key,-12} {value}");
        }

        foreach (MetricsLine e in metrics.Epochs)
        {
            session.Say(string.Create(CultureInfo.InvariantCulture, $"  epoch {e.Epoch + 1,-3} {string.Join("  ", e.Values.Select(v => $"{v.Name} {LineChart.Short(e.Number(v.Name))}"))}"));
        }

        return new JsonObject { ["kind"] = "run", ["epochs"] = metrics.Epochs.Count };
    }

    private static JsonObject DirectoryOf(CommandSession session, IFileStore store, string path)
    {
        RunFolder folder = new(store, path);
        if (store.Stat(Path.Combine(path, "CURRENT")) is null && folder.ReadJson(Path.Combine(path, "manifest.json")) is { } manifest && manifest["format"]?.ToString() == "yarndl checkpoint")
        {
            session.Say($"checkpoint, kernel set {manifest["kernelSet"]}");
            session.Say("  " + manifest["state"]?.ToJsonString(new JsonSerializerOptions { WriteIndented = true }).ReplaceLineEndings("\n  "));
            return new JsonObject { ["kind"] = "checkpoint" };
        }

        ModelDirectory model = ModelDirectory.Open(store, path);
        session.Say($"model directory {model.Path}, all checksums right");
        Describe(session, model.Model.Graph);
        foreach (string key in (string[])["kernelSet", "dataHash", "seed", "metrics", "ledger", "rejected"])
        {
            if (model.Manifest[key] is { } value)
            {
                session.Say($"  {key,-12} {value.ToJsonString()}");
            }
        }

        return new JsonObject { ["kind"] = "model", ["parameters"] = model.Model.Graph.ParameterCount };
    }

    private static JsonObject Staging(CommandSession session, IFileStore store, string path)
    {
        JsonObject fields = new() { ["kind"] = "blocks" };
        foreach (string part in (string[])["trained", "heldout"])
        {
            session.Say(part + ":");
            fields[part] = Blocks(session, store, Path.Combine(path, part))["rows"]?.DeepClone();
        }

        return fields;
    }

    private static JsonObject Blocks(CommandSession session, IFileStore store, string path)
    {
        using BlockSet blocks = BlockSet.Open(store, path);
        session.Say(string.Create(CultureInfo.InvariantCulture, $"blocks: {blocks.Rows:#,0} rows in {blocks.Shards} shards, data hash {blocks.DataHash}"));
        foreach (EncodedColumn c in blocks.Columns)
        {
            session.Say($"  {c.Name}: {(c.PerRow is { } shape ? $"{c.DType} {shape}" : "bytes")}");
        }

        return new JsonObject { ["kind"] = "blocks", ["rows"] = blocks.Rows };
    }

    private static JsonObject Onnx(CommandSession session, IFileStore store, string path)
    {
        using Stream s = store.OpenRead(path);
        (Graph graph, _, _) = OnnxReader.Read(s, path);
        session.Say($"ONNX graph {graph.Name}");
        Describe(session, graph);
        return new JsonObject { ["kind"] = "onnx", ["parameters"] = graph.ParameterCount, ["nodes"] = graph.Nodes.Count };
    }

    private static void Describe(CommandSession session, Graph graph)
    {
        session.Say($"  inputs       {string.Join(", ", graph.Inputs)}");
        session.Say($"  outputs      {string.Join(", ", graph.Outputs)}");
        session.Say(string.Create(CultureInfo.InvariantCulture, $"  nodes        {graph.Nodes.Count}: {string.Join(", ", graph.Nodes.GroupBy(n => n.Operator.Name, StringComparer.Ordinal).OrderByDescending(g => g.Count()).Select(g => $"{g.Count()} {g.Key}"))}"));
        foreach (string line in new Nn.Model(graph, new Tensor(DType.Float32, new Shape(0)), new Tensor(DType.Float32, new Shape(0))).Summary().TrimEnd('\n').Split('\n'))
        {
            session.Say("  " + line);
        }
    }

    private static JsonObject Safetensors(CommandSession session, IFileStore store, string path)
    {
        using Stream s = store.OpenRead(path);
        IReadOnlyDictionary<string, Tensor> tensors = SafetensorsFile.Read(s, path);
        session.Say(string.Create(CultureInfo.InvariantCulture, $"safetensors: {tensors.Count} tensors"));
        foreach ((string name, Tensor t) in tensors.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            session.Say($"  {name,-36} {t.DType,-8} {t.Shape}");
        }

        return new JsonObject { ["kind"] = "safetensors", ["tensors"] = tensors.Count };
    }

    private static JsonObject Table(CommandSession session, string path)
    {
        string format = JobBinding.FormatOf(path)
            ?? throw new JobException($"[inspect] {path} is nothing that YarnDL knows by its name; give a model directory, run folder, checkpoint, blocks, .onnx, .safetensors, .parquet, .csv, .json or idx file");
        if (format is "csv" or "json")
        {
            throw new JobException($"[inspect] {path}: {format} files carry no types; declare columns in a job file and run yarndl train");
        }

        using EmbeddedLake lake = new();
        TableSource source = new() { Format = format, Paths = [path] };
        Schema schema = lake.Describe(source);
        long rows = lake.Read(source, new ReadRequest([schema.Fields[0].Name])).Sum(b => (long)b.Rows);
        session.Say(string.Create(CultureInfo.InvariantCulture, $"{format} table: {rows:#,0} rows"));
        foreach (Field f in schema.Fields)
        {
            session.Say("  " + f);
        }

        return new JsonObject { ["kind"] = "table", ["rows"] = rows, ["columns"] = new JsonArray([.. schema.Fields.Select(f => JsonValue.Create(f.Name))]) };
    }
}
