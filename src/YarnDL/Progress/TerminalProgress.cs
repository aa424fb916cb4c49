using System.Globalization;
using Spectre.Console;
using YarnDL.Reports;
using YarnDL.Training;

namespace YarnDL.Progress;

/// <summary>A bar on a terminal: share done, rows/s, loss, time left. Used inside <see cref="Run{T}"/>.</summary>
internal sealed class TerminalProgress : ITrainingProgress
{
    private readonly ProgressContext _context;
    private readonly RateMeter _rate = new();
    private ProgressTask? _task;
    private long _drawn;

    private TerminalProgress(ProgressContext context) => _context = context;

    /// <summary>Runs work with a bar on the terminal.</summary>
    public static T Run<T>(Func<ITrainingProgress, T> work) => AnsiConsole.Progress()
        .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
        .Start(context =>
        {
            TerminalProgress progress = new(context);
            T result = work(progress);
            progress.Finish();
            return result;
        });

    public void Stage(string name)
    {
        Finish();
        _rate.Restart();
        _task = _context.AddTask(Markup.Escape(name));
        _task.IsIndeterminate = true;
    }

    public void Rows(long done, long? total)
    {
        if (_task is null || Environment.TickCount64 - _drawn < 100)
        {
            return;
        }

        _drawn = Environment.TickCount64;
        if (total is { } t)
        {
            _task.IsIndeterminate = false;
            _task.MaxValue = Math.Max(1, t);
            _task.Value = done;
        }
    }

    public void Step(StepReport report)
    {
        _rate.Add(report);
        bool last = report.Step + 1 == report.TotalSteps;
        if (_task is null || (!last && Environment.TickCount64 - _drawn < 100))
        {
            return;
        }

        _drawn = Environment.TickCount64;
        _task.IsIndeterminate = false;
        _task.MaxValue = report.TotalSteps;
        _task.Value = report.Step + 1;
        _task.Description = string.Create(CultureInfo.InvariantCulture,
            $"epoch {report.Epoch + 1}  loss {LineChart.Short(report.Loss)}  {_rate.RowsPerSecond:#,0} rows/s  {RateMeter.Words(_rate.Left(report))} left");
    }

    public void Epoch(EpochReport report) => AnsiConsole.MarkupLine(Markup.Escape(LogProgress.EpochLine(report)));

    public void Notice(string message) => AnsiConsole.MarkupLine(Markup.Escape(message));

    private void Finish()
    {
        if (_task is { } t)
        {
            t.IsIndeterminate = false;
            t.Value = t.MaxValue;
            t.StopTask();
        }
    }
}
