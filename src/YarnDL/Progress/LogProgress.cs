using System.Diagnostics;
using System.Globalization;
using YarnDL.Reports;
using YarnDL.Training;

namespace YarnDL.Progress;

/// <summary>A plain line every few seconds, for logs.</summary>
public sealed class LogProgress(TextWriter output, TimeSpan interval) : ITrainingProgress
{
    private readonly RateMeter _rate = new();
    private readonly Stopwatch _since = Stopwatch.StartNew();
    private string _stage = "";

    public void Stage(string name)
    {
        _stage = name;
        _rate.Restart();
        output.WriteLine(name);
    }

    public void Rows(long done, long? total)
    {
        if (Due())
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_stage}: {done:#,0}{(total is { } t ? $" of {t:#,0}" : "")} rows"));
        }
    }

    public void Step(StepReport report)
    {
        _rate.Add(report);
        if (Due())
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"epoch {report.Epoch + 1} step {report.StepOfEpoch + 1}/{report.StepsPerEpoch} loss {LineChart.Short(report.Loss)} {_rate.RowsPerSecond:#,0} rows/s, {RateMeter.Words(_rate.Left(report))} left"));
        }
    }

    public void Epoch(EpochReport report) => output.WriteLine(EpochLine(report));

    public void Notice(string message) => output.WriteLine(message);

    /// <summary>epoch 3 loss 0.0512 accuracy 0.984 (1.2 s)</summary>
    internal static string EpochLine(EpochReport report) => string.Create(CultureInfo.InvariantCulture,
        $"epoch {report.Epoch + 1} {string.Join(' ', report.Values.OrderBy(v => v.Key.StartsWith("val_", StringComparison.Ordinal)).ThenBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key} {LineChart.Short(v.Value)}"))} ({report.Seconds:0.0} s)");

    private bool Due()
    {
        if (_since.Elapsed < interval)
        {
            return false;
        }

        _since.Restart();
        return true;
    }
}
