using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using YarnDL.Data.Files;

namespace YarnDL.Reports;

/// <summary>The files of a training's output folder.</summary>
internal sealed class RunFolder(IFileStore store, string path)
{
    private const int LargestFile = 1 << 30;

    public string Path { get; } = path;

    public IFileStore Store { get; } = store;

    public string Model => In("model");

    public string Metrics => In("metrics.jsonl");

    public string Report => In("report.html");

    public string Outcome => In("outcome.json");

    /// <summary>The effective configuration.</summary>
    public string Job => In("job.yaml");

    /// <summary>What was run: name, seed, data hash, ledger, versions.</summary>
    public string Facts => In("run.json");

    /// <summary>The last measurement on held-out rows, with the confusion matrix.</summary>
    public string Evaluation => In("evaluation.json");

    public string Checkpoints => In("checkpoints");

    /// <summary>Encoded rows while the run lasts.</summary>
    public string Blocks => In("blocks");

    /// <summary>Rows that could not be encoded, when they are kept.</summary>
    public string BadRows => In("bad-rows.jsonl");

    /// <summary>A file's text, or null when it is missing.</summary>
    public string? Read(string file)
    {
        if (Store.Stat(file) is not { IsFolder: false } stat)
        {
            return null;
        }

        if (stat.Bytes > LargestFile)
        {
            throw new FileStoreException(FileStoreFault.Broken, $"[report] {file} has {stat.Bytes} bytes, more than a run's file can have; is it the right folder?");
        }

        using StreamReader reader = new(Store.OpenRead(file), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>A file's JSON object, or null when it is missing.</summary>
    public JsonObject? ReadJson(string file)
    {
        if (Read(file) is not { } text)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(text) as JsonObject ?? throw new JsonException("not an object");
        }
        catch (JsonException e)
        {
            throw new FileStoreException(FileStoreFault.Broken, $"[report] {file} is not JSON as YarnDL writes it: {e.Message}; restore it or run the training again", e);
        }
    }

    /// <summary>Writes a file under a temporary name and renames it over the old one.</summary>
    public void Write(string file, string text)
    {
        Store.MakeFolders(Path);
        string temporary = file + ".new";
        Store.Delete(temporary);
        using (Stream s = Store.Create(temporary))
        {
            s.Write(Encoding.UTF8.GetBytes(text));
        }

        Store.Replace(temporary, file);
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
