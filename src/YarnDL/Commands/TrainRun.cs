using System.Globalization;
using System.Text.Json.Nodes;
using YarnDL.Data.Files;
using YarnDL.Jobs;
using YarnDL.Outcomes;
using YarnDL.Progress;
using YarnDL.Reports;
using YarnDL.Tensors;
using YarnDL.Training;

namespace YarnDL.Commands;

/// <summary>The work of <c>yarndl train</c>.</summary>
internal static class TrainRun
{
    public static Outcome Run(CommandSession session, TrainRequest request)
    {
        JobFile job = JobFile.Load(request.Job, request.Settings);
        JobBinding binding = new(job, request.RunId);
        session.OutcomeFile = Path.Combine(binding.Output, "outcome.json");
        session.Say($"job {request.Job} -> {binding.Output}");
        if (session.Verbose)
        {
            session.Say(job.Yaml.TrimEnd());
        }

        // A named run that was begun is continued; so is what an earlier attempt of this application began.
        bool resume = request.Resume || request.RunId is not null;
        if (Place.Application is not { } application)
        {
            return Tell(session, Fit(session, binding, resume));
        }

        using RunLease lease = RunLease.Take(Place.Files, binding.Output, application.Id);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(session.Cancellation, lease.Lost);
        try
        {
            FitResult result = Fit(session, binding, resume || lease.WasBegun, lease.Begin, stop.Token);
            return lease.Lost.IsCancellationRequested ? throw new OperationCanceledException() : Tell(session, result);
        }
        catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested)
        {
            throw new FileStoreException(FileStoreFault.Busy, $"[run] another run has taken {binding.Output} over because this one did not renew its lease; this one has stopped");
        }
    }

    /// <summary>Trains with progress on the terminal or in the log.</summary>
    public static FitResult Fit(CommandSession session, JobBinding binding, bool resume) => Fit(session, binding, resume, null, session.Cancellation);

    private static FitResult Fit(CommandSession session, JobBinding binding, bool resume, Action? begun, CancellationToken cancellation)
    {
        FitResult Work(ITrainingProgress progress) => binding.Trainer(resume, progress, begun).FitAsync(binding.Rows(), cancellation).GetAwaiter().GetResult();
        return ProgressDisplay.Run(session, Work);
    }

    /// <summary>The last lines for people, and the outcome.</summary>
    public static Outcome Tell(CommandSession session, FitResult result)
    {
        (ExitCode code, string? message) = result.Training.Outcome switch
        {
            TrainingOutcome.Cancelled => (ExitCode.Cancelled, session.Command == "train"
                ? "[run] cancelled, a checkpoint is written; run the same command with --resume to continue" : "[run] cancelled; run the same command again"),
            TrainingOutcome.Rejected => (ExitCode.Gate, $"[gate] {result.Training.Message}"),
            TrainingOutcome.AlreadyDone => (ExitCode.Done, result.Training.Message),
            _ => (ExitCode.Done, null),
        };
        JsonObject fields = new() { ["output"] = result.Output, ["cpu"] = CpuPath.Name };
        if (result.Training.ModelPath is { } model)
        {
            session.Say($"model   {model}");
            fields["model"] = model;
        }

        if (result.Report is { } report)
        {
            session.Say($"report  {report}");
            fields["report"] = report;
        }

        if (result.BadRows is { } bad)
        {
            session.Say(string.Create(CultureInfo.InvariantCulture, $"bad rows {bad} ({result.Ledger.Quarantined})"));
            fields["badRows"] = bad;
        }

        session.Say(LedgerLine(result));
        if (result.SourceRows is { } s)
        {
            session.Say(string.Create(CultureInfo.InvariantCulture, $"source  read {s.Read:#,0} = used {s.Used:#,0} + unused {s.Unused:#,0} + bad {s.Bad:#,0}"));
            fields["sourceRows"] = RunFacts.SourceRows(s);
        }

        if (result.Evaluation is { } e)
        {
            session.Say(string.Create(CultureInfo.InvariantCulture, $"measured on {e.Rows:#,0} rows{(e.Dropped > 0 ? $" ({e.Dropped} more could not be read)" : "")}: {string.Join(", ", e.Values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key} {LineChart.Short(v.Value)}"))}"));
            fields["metrics"] = RunFacts.Values(e.Values);
        }
        else if (result.Training.Epochs.Count > 0)
        {
            fields["metrics"] = RunFacts.Values(result.Training.FinalValues);
        }

        fields["ledger"] = RunFacts.Ledger(result.Ledger);
        fields["dataHash"] = result.Training.DataHash;
        if (result.Training.Outcome == TrainingOutcome.AlreadyDone)
        {
            session.Say(message!);
        }

        return session.Done(fields, code, message);
    }

    private static string LedgerLine(FitResult r) => string.Create(CultureInfo.InvariantCulture,
        $"rows    read {r.Ledger.Read:#,0} = trained {r.Ledger.Trained:#,0} + held out {r.Ledger.HeldOut:#,0} + filtered {r.Ledger.Filtered:#,0} + dropped {r.Ledger.Dropped:#,0} + quarantined {r.Ledger.Quarantined:#,0}");
}
