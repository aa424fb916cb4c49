using System.Diagnostics;
using System.Globalization;
using YarnDL.Training;

namespace YarnDL.Progress;

/// <summary>Rows per second over the last seconds, and the time that is left at that rate.</summary>
internal sealed class RateMeter
{
    private readonly Queue<(double Seconds, long Rows)> _recent = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _rows;
    private long _steps;
    private double _started;

    public double RowsPerSecond { get; private set; }

    public void Restart()
    {
        _recent.Clear();
        (_rows, _steps, _started) = (0, 0, _clock.Elapsed.TotalSeconds);
    }

    public void Add(StepReport report)
    {
        double now = _clock.Elapsed.TotalSeconds;
        _rows += report.Rows;
        _steps++;
        _recent.Enqueue((now, _rows));
        while (_recent.Count > 2 && now - _recent.Peek().Seconds > 5)
        {
            _recent.Dequeue();
        }

        (double first, long rows) = _recent.Count > 1 ? _recent.Peek() : (_started, 0);
        RowsPerSecond = now > first ? (_rows - rows) / (now - first) : 0;
    }

    /// <summary>Time that the steps after this one will take.</summary>
    public TimeSpan Left(StepReport report) =>
        TimeSpan.FromSeconds(Math.Min(1e8, (_clock.Elapsed.TotalSeconds - _started) / Math.Max(1, _steps) * (report.TotalSteps - report.Step - 1)));

    /// <summary>2 h 5 min, 3 min 20 s, 12 s.</summary>
    public static string Words(TimeSpan t) => t.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)t.TotalHours} h {t.Minutes} min")
        : t.TotalMinutes >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{t.Minutes} min {t.Seconds} s") : string.Create(CultureInfo.InvariantCulture, $"{t.Seconds} s");
}
