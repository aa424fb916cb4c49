using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using YarnDL.Data.Files;
using YarnDL.ModelFiles;
using YarnDL.ModelFiles.Safetensors;
using YarnDL.Tensors;
using YarnDL.Training.Runs;
using YarnDL.Training.Storage;

namespace YarnDL.Training.Checkpoints;

/// <summary>
/// The checkpoints of one run: folders step-NNNNNNNNNNNN with state.safetensors, metrics.jsonl and a sealed manifest.json, each written under a
/// temporary name and renamed. A folder without a manifest is one that was being deleted.
/// </summary>
internal sealed class CheckpointFolder(IFileStore store, string folder)
{
    private const int Version = 2;
    private const string Prefix = "step-";
    private const string Temporary = "tmp-";
    private const string Manifest = "manifest.json";
    private const string State = "state.safetensors";
    private const string Lines = "metrics.jsonl";

    private readonly HashSet<string> _sound = new(StringComparer.Ordinal);

    public string Path => folder;

    /// <summary>Deletes all checkpoints: the run starts anew.</summary>
    public void Clear() => store.Delete(folder);

    /// <summary>Writes the state as a checkpoint; one of this step that this run wrote or read is kept as it is.</summary>
    /// <returns>Its path.</returns>
    public string Write(TrainingState state, JsonObject fingerprint, JsonObject facts)
    {
        string name = Prefix + state.Step.ToString("D12", CultureInfo.InvariantCulture);
        string path = $"{folder}/{name}";
        if (_sound.Contains(name))
        {
            return path;
        }

        store.Delete($"{path}/{Manifest}");
        store.Delete(path);
        string temporary = $"{folder}/{Temporary}{name}";
        store.Delete(temporary);
        store.MakeFolders(temporary);
        var files = new JsonObject();
        CheckedFiles.Write(store, temporary, State, s => WriteState(state, s), files);
        CheckedFiles.Write(store, temporary, Lines, Encoding.UTF8.GetBytes(string.Concat(state.Lines.Select(l => l + "\n"))), files);
        var manifest = new JsonObject { ["format"] = "yarndl checkpoint", ["version"] = Version, ["kernelSet"] = KernelSet.Name, ["plan"] = fingerprint.DeepClone(), ["state"] = state.Describe() };
        foreach ((string key, JsonNode? value) in facts)
        {
            manifest[key] = value?.DeepClone();
        }

        manifest["files"] = files;
        CheckedFiles.WriteAll(store, $"{temporary}/{Manifest}", SealedJson.Write(manifest));
        store.Rename(temporary, path);
        _sound.Add(name);
        return path;
    }

    /// <summary>Deletes all but the newest k and the best, and what an interrupted write left.</summary>
    public void Trim(int keep, long? best)
    {
        List<(long Step, string Path)> found = [.. Found()];
        foreach ((long step, string path) in found.Take(Math.Max(0, found.Count - keep)))
        {
            if (step != best)
            {
                // The manifest first: without it the folder is no checkpoint, however far the deletion gets.
                store.Delete($"{path}/{Manifest}");
                store.Delete(path);
            }
        }

        foreach (FileStat s in store.List(folder))
        {
            if (NameOf(s.Path).StartsWith(Temporary, StringComparison.Ordinal))
            {
                store.Delete(s.Path);
            }
        }
    }

    /// <summary>Restores the newest valid checkpoint.</summary>
    /// <param name="state">Receives it.</param>
    /// <param name="fingerprint">The plan that wants to continue.</param>
    /// <param name="allowOtherKernelSet">Accept another kernel set.</param>
    /// <param name="notice">Told which checkpoints were skipped, and why.</param>
    /// <returns>Its path, or null when there is none.</returns>
    /// <exception cref="TrainingException">The newest valid one is of another plan or kernel set.</exception>
    public string? Restore(TrainingState state, JsonObject fingerprint, bool allowOtherKernelSet, Action<string> notice)
    {
        foreach ((long step, string path) in Found().Reverse())
        {
            if (TryRestore(state, path, step, fingerprint, allowOtherKernelSet, out string reason))
            {
                _sound.Add(NameOf(path));
                return path;
            }

            notice($"[checkpoint] {path} is skipped: {reason}");
        }

        return null;
    }

    private bool TryRestore(TrainingState state, string path, long step, JsonObject fingerprint, bool allowOtherKernelSet, out string reason)
    {
        reason = $"{Manifest} is damaged";
        if (SealedJson.Read(CheckedFiles.ReadAll(store, $"{path}/{Manifest}")) is not { } manifest || (string?)manifest["format"] != "yarndl checkpoint")
        {
            return false;
        }

        if ((int?)manifest["version"] != Version)
        {
            reason = $"its version is {manifest["version"]?.ToJsonString()}, this release reads {Version}";
            return false;
        }

        var files = (JsonObject)manifest["files"]!;
        if (CheckedFiles.Read(store, path, State, files, out reason) is not { } bytes || CheckedFiles.Read(store, path, Lines, files, out reason) is not { } lines)
        {
            return false;
        }

        if ((long)manifest["state"]!["step"]! != step)
        {
            reason = $"it holds step {manifest["state"]!["step"]!.ToJsonString()}";
            return false;
        }

        if ((string?)manifest["kernelSet"] != KernelSet.Name && !allowOtherKernelSet)
        {
            throw new TrainingException(TrainingFault.Job, $"[checkpoint] {path} was written by kernel set {manifest["kernelSet"]}, this is {KernelSet.Name}: the bits would differ; use the release that wrote it, allow another kernel set, or delete {folder} to start anew");
        }

        if (PlanFingerprint.Difference(fingerprint, manifest["plan"] as JsonObject) is { } difference)
        {
            throw new TrainingException(TrainingFault.Job, $"[checkpoint] {path} belongs to another training: {difference}; choose another output, or delete {folder} to start anew");
        }

        ReadState(state, (JsonObject)manifest["state"]!, bytes, $"{path}/{State}");
        state.Lines.Clear();
        state.Lines.AddRange(Encoding.UTF8.GetString(lines).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        return true;
    }

    /// <summary>Checkpoints with a manifest, oldest first.</summary>
    private IEnumerable<(long Step, string Path)> Found()
    {
        foreach (FileStat s in store.List(folder))
        {
            string name = NameOf(s.Path);
            if (s.IsFolder && name.StartsWith(Prefix, StringComparison.Ordinal)
                && long.TryParse(name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long step)
                && store.Stat($"{s.Path}/{Manifest}") is not null)
            {
                yield return (step, s.Path);
            }
        }
    }

    private static string NameOf(string path) => path[(path.TrimEnd('/').LastIndexOf('/') + 1)..];

    private static void WriteState(TrainingState state, Stream to)
    {
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["parameters"] = state.Parameters, ["buffers"] = state.Buffers };
        List<(string Name, Tensor Tensor)> made = [.. state.Vectors()];
        foreach ((string name, Tensor tensor) in made)
        {
            tensors[name] = tensor;
        }

        SafetensorsFile.Write(to, tensors);
        made.ForEach(m => m.Tensor.Dispose());
    }

    private static void ReadState(TrainingState state, JsonObject json, byte[] bytes, string file)
    {
        IReadOnlyDictionary<string, Tensor> tensors = SafetensorsFile.Read(new MemoryStream(bytes, writable: false), file);
        Vector("parameters").Span<float>().CopyTo(state.Parameters.Span<float>());
        Vector("buffers").Span<float>().CopyTo(state.Buffers.Span<float>());
        state.Restore(json, Vector);

        Tensor Vector(string name) => tensors.GetValueOrDefault(name)
            ?? throw new ModelFileException($"[checkpoint] {file}: {name} is missing; the checkpoint does not belong to this model");
    }
}
