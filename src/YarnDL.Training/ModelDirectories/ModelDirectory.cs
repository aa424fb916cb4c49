using System.Text.Json.Nodes;
using YarnDL.Data.Features;
using YarnDL.Data.Files;
using YarnDL.Graphs;
using YarnDL.ModelFiles;
using YarnDL.ModelFiles.Onnx;
using YarnDL.ModelFiles.Safetensors;
using YarnDL.Nn;
using YarnDL.Tensors;
using YarnDL.Training.Runs;
using YarnDL.Training.Storage;

namespace YarnDL.Training.ModelDirectories;

/// <summary>A published model (docs/model-directory.md), opened for reading: every checksum has been compared.</summary>
public sealed class ModelDirectory
{
    private readonly IFileStore _store;

    private ModelDirectory(IFileStore store, string path, JsonObject manifest, string checksum, Model model, byte[] features)
    {
        _store = store;
        Path = path;
        Manifest = manifest;
        Checksum = checksum;
        Model = model;
        Features = features;
    }

    /// <summary>The folder that holds the files; in a folder of versions the current one.</summary>
    public string Path { get; }

    /// <summary>Content of <c>manifest.json</c>, without its checksum.</summary>
    public JsonObject Manifest { get; }

    /// <summary>SHA-256 of <c>manifest.json</c>: it names every other checksum, so it stands for the whole model.</summary>
    public string Checksum { get; }

    public Model Model { get; }

    /// <summary>Content of <c>features.json</c>.</summary>
    public byte[] Features { get; }

    /// <summary>Model input -> encoded column.</summary>
    public IReadOnlyDictionary<string, string> Inputs =>
        new SortedDictionary<string, string>(Manifest["inputs"]!.AsObject().ToDictionary(p => p.Key, p => (string)p.Value!), StringComparer.Ordinal);

    /// <summary>The losses it was trained with.</summary>
    public IReadOnlyList<LossTerm> Losses =>
    [
        .. Manifest["losses"]!.AsArray().Select(l => new LossTerm(Loss.From(Spec.FromJson(l!["loss"])), (string)l["output"]!, (string)l["target"]!, (double)l["weight"]!, (string?)l["rowWeight"]) { TargetValue = (double?)l["targetValue"] }),
    ];

    /// <summary>What it was measured by.</summary>
    public IReadOnlyList<MetricTerm> Metrics =>
    [
        .. Manifest["metrics"]!.AsArray().Select(m => m!["metric"] is { } metric
            ? new MetricTerm(Metric.From(Spec.FromJson(metric)), (string)m["output"]!, (string)m["target"]!) { Name = (string)m["name"]! }
            : Metric.From(Spec.FromJson(m))),
    ];

    private static ModelFileException Missing(IFileStore store, string path)
    {
        string seen = store.Stat(path) switch { null => "does not exist", { IsFolder: false } => "is a file", _ => $"holds no {ModelFormat.Manifest}" };
        string inner = $"{path.TrimEnd('/')}/model";
        string next = ModelPath.Resolve(store, inner) is not null ? $"did you mean {inner}?" : "give the folder that a training wrote as its model";
        return new ModelFileException($"[model] {path} {seen}; it must be a model directory or a folder of versions; {next}");
    }

    /// <summary>Opens a model directory, or the current version in a folder of versions.</summary>
    /// <exception cref="ModelFileException">Missing, written by a newer release, or a checksum differs.</exception>
    public static ModelDirectory Open(IFileStore store, string path)
    {
        string folder = ModelPath.Resolve(store, path)
            ?? throw Missing(store, path);
        byte[] bytes = CheckedFiles.ReadAll(store, $"{folder}/{ModelFormat.Manifest}");
        JsonObject manifest = SealedJson.Read(bytes)
            ?? throw new ModelFileException($"[model] {folder}/{ModelFormat.Manifest} is damaged: its checksum differs; restore the directory");
        if ((string?)manifest["format"] != ModelFormat.Name || (int?)manifest["version"] is not { } version || version > ModelFormat.Version)
        {
            throw new ModelFileException($"[model] {folder}/{ModelFormat.Manifest} is format {manifest["format"]} version {manifest["version"]}, this release reads '{ModelFormat.Name}' up to version {ModelFormat.Version}; use a newer release");
        }

        byte[] Part(string name) => CheckedFiles.Read(store, folder, name, (JsonObject)manifest["files"]!, out string reason)
            ?? throw new ModelFileException($"[model] {folder}: {reason}; the directory is damaged; restore it");

        byte[] features = Part(ModelFormat.Features);
        _ = Part(ModelFormat.Card);
        byte[] weights = Part(ModelFormat.Weights);
        (Graph graph, Tensor parameters, Tensor buffers) = OnnxReader.Read(new MemoryStream(Part(ModelFormat.Graph), writable: false), $"{folder}/{ModelFormat.Graph}");
        var model = new Model(graph, parameters, buffers);
        ModelWeights.Fill(model, SafetensorsFile.Read(new MemoryStream(weights, writable: false), $"{folder}/{ModelFormat.Weights}"), $"{folder}/{ModelFormat.Weights}");
        return new ModelDirectory(store, folder, manifest, PlanFingerprint.Hash(bytes), model, features);
    }

    /// <summary>The features with their fitted state.</summary>
    /// <param name="registry">Features of one's own; null: those of this release.</param>
    /// <exception cref="Data.DataException">Malformed, of a newer version, or an unknown feature.</exception>
    public FittedFeatures ReadFeatures(FeatureRegistry? registry = null) => FittedFeatures.Parse(System.Text.Encoding.UTF8.GetString(Features), registry ?? new FeatureRegistry());

    /// <summary>State vectors of the optimizer as name/parameter; null when the directory holds none.</summary>
    /// <exception cref="ModelFileException">The checksum differs.</exception>
    public IReadOnlyDictionary<string, Tensor>? ReadOptimizerState()
    {
        var files = (JsonObject)Manifest["files"]!;
        if (files[ModelFormat.Optimizer] is null)
        {
            return null;
        }

        byte[] bytes = CheckedFiles.Read(_store, Path, ModelFormat.Optimizer, files, out string reason)
            ?? throw new ModelFileException($"[model] {Path}: {reason}; the directory is damaged; restore it");
        return SafetensorsFile.Read(new MemoryStream(bytes, writable: false), $"{Path}/{ModelFormat.Optimizer}");
    }
}
