using System.Globalization;
using YarnDL.Reports;
using YarnDL.Spark;
using YarnDL.Training;

namespace YarnDL.Progress;

/// <summary>What another display is told, and Spark's pages too: each step's job says which it is.</summary>
internal sealed class SparkProgress(SparkDriver driver, ITrainingProgress inner) : ITrainingProgress
{
    public void Stage(string name)
    {
        Describe(name);
        inner.Stage(name);
    }

    public void Rows(long done, long? total) => inner.Rows(done, total);

    public void Step(StepReport report)
    {
        Describe(string.Create(CultureInfo.InvariantCulture,
            $"epoch {report.Epoch + 1}/{Math.Max(report.Epoch + 1, report.TotalSteps / Math.Max(1, report.StepsPerEpoch))} step {report.StepOfEpoch + 2} loss {LineChart.Short(report.Loss)}"));
        inner.Step(report);
    }

    public void Epoch(EpochReport report)
    {
        Describe(string.Create(CultureInfo.InvariantCulture, $"epoch {report.Epoch + 2} step 1"));
        inner.Epoch(report);
    }

    public void Notice(string message) => inner.Notice(message);

    private void Describe(string text)
    {
        try
        {
            driver.Describe(text);
        }
        catch (IOException)
        {
            // The JVM is gone; the next step says so.
        }
    }
}
