using System.Globalization;

namespace YarnDL.Reports;

/// <summary>One line of metrics.jsonl: its text, its epoch (from 0), and the other values as the file writes them.</summary>
internal sealed record MetricsLine(string Text, int Epoch, IReadOnlyList<(string Name, string Value)> Values)
{
    /// <summary>A value's own text; null when the line does not have it.</summary>
    public string? Raw(string name)
    {
        foreach ((string key, string value) in Values)
        {
            if (key == name)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>A value as a number; NaN when it is missing or no number.</summary>
    public double Number(string name) => Raw(name) is { } raw && double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out double v) ? v : double.NaN;
}
