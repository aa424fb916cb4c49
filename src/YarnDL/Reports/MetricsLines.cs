using System.Text.Json;
using YarnDL.Data.Files;

namespace YarnDL.Reports;

/// <summary>metrics.jsonl, read: step lines, epoch lines and measurements between them, with their own text of every number.</summary>
internal sealed class MetricsLines
{
    private MetricsLines(List<MetricsLine> steps, List<MetricsLine> epochs, List<MetricsLine> validations) => (Steps, Epochs, Validations) = (steps, epochs, validations);

    public IReadOnlyList<MetricsLine> Steps { get; }

    public IReadOnlyList<MetricsLine> Epochs { get; }

    /// <summary>Measurements that a trigger asked for within an epoch; they name their step.</summary>
    public IReadOnlyList<MetricsLine> Validations { get; }

    /// <summary>Names of the epochs' values in the order of their first appearance.</summary>
    public IReadOnlyList<string> Names => [.. Epochs.SelectMany(e => e.Values.Select(v => v.Name)).Distinct()];

    /// <summary>Reads the lines of a run; <paramref name="file"/> is for messages.</summary>
    /// <exception cref="FileStoreException">A line is not JSON; the last one may be cut by a kill and is then left out.</exception>
    public static MetricsLines Parse(string text, string file)
    {
        List<MetricsLine> steps = [];
        List<MetricsLine> epochs = [];
        List<MetricsLine> validations = [];
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0)
            {
                continue;
            }

            try
            {
                using JsonDocument line = JsonDocument.Parse(lines[i]);
                JsonElement o = line.RootElement;
                string kind = o.GetProperty("kind").GetString()!;
                List<(string, string)> values = [];
                foreach (JsonProperty p in o.EnumerateObject())
                {
                    if (p.Name is not ("kind" or "epoch") && p.Value.ValueKind is JsonValueKind.Number or JsonValueKind.String or JsonValueKind.Null)
                    {
                        if (p.Name != "kind")
                        {
                            values.Add((p.Name, p.Value.ValueKind == JsonValueKind.String ? p.Value.GetString()! : p.Value.GetRawText()));
                        }
                    }
                }

                if (kind == "validation")
                {
                    validations.Add(new(lines[i], -1, values));
                }
                else
                {
                    (kind == "step" ? steps : epochs).Add(new(lines[i], o.GetProperty("epoch").GetInt32(), values));
                }
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                if (i >= lines.Length - 2 && !text.EndsWith('\n'))
                {
                    break;
                }

                throw new FileStoreException(FileStoreFault.Broken, $"[report] {file}, line {i + 1} is not a line of metrics: {e.Message}; restore the file or run the training again", e);
            }
        }

        return new(steps, epochs, validations);
    }
}
