using System.Text;
using System.Text.Json.Nodes;
using YarnDL.Data.Files;

namespace YarnDL.Training.Runs;

/// <summary>
/// metrics.jsonl: one JSON object per line, step lines and epoch lines. Written anew at each start from the lines the checkpoint kept, so that
/// it never holds a step twice.
/// </summary>
internal sealed class MetricsLog : IDisposable
{
    private readonly Stream _file;
    private readonly List<string> _lines;

    public MetricsLog(IFileStore store, string path, List<string> lines)
    {
        _lines = lines;
        store.Delete(path);
        _file = store.Create(path);
        foreach (string line in lines)
        {
            Append(line);
        }
    }

    public void Step(StepReport r, double gradientNorm)
    {
        var line = new JsonObject
        {
            ["kind"] = "step",
            ["epoch"] = r.Epoch,
            ["stepOfEpoch"] = r.StepOfEpoch,
            ["step"] = r.Step,
            ["loss"] = r.Loss,
            ["learningRate"] = r.LearningRate,
            ["rows"] = r.Rows,
        };
        if (!double.IsNaN(gradientNorm))
        {
            line["gradientNorm"] = gradientNorm;
        }

        line["seconds"] = Math.Round(r.Seconds, 6);
        Add(line);
    }

    public void Epoch(EpochReport r)
    {
        var line = new JsonObject { ["kind"] = "epoch", ["epoch"] = r.Epoch };
        foreach ((string name, JsonNode? value) in TrainingState.Values(r.Values))
        {
            line[name] = value?.DeepClone();
        }

        line["seconds"] = Math.Round(r.Seconds, 6);
        Add(line);
        _file.Flush();
    }

    public void Validation(long step, IReadOnlyDictionary<string, double> values)
    {
        var line = new JsonObject { ["kind"] = "validation", ["step"] = step };
        foreach ((string name, JsonNode? value) in TrainingState.Values(values))
        {
            line[name] = value?.DeepClone();
        }

        Add(line);
        _file.Flush();
    }

    public void Dispose() => _file.Dispose();

    private void Add(JsonObject line)
    {
        string text = line.ToJsonString();
        _lines.Add(text);
        Append(text);
    }

    private void Append(string line)
    {
        _file.Write(Encoding.UTF8.GetBytes(line));
        _file.WriteByte((byte)'\n');
    }
}
