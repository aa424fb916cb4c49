using System.CommandLine;

namespace YarnDL.Commands;

/// <summary><c>yarndl train</c>.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        Argument<string> job = CommonOptions.Job();
        Option<string[]> set = CommonOptions.Set();
        Option<int?> workers = CommonOptions.Workers();
        Option<int?> threads = CommonOptions.Threads();
        Option<string?> runId = CommonOptions.RunId();
        Option<bool> resume = new("--resume") { Description = "Continue an interrupted run from its newest checkpoint, bit for bit; begins anew when there is none." };
        Command c = new("train", "Train the model of a job file, measure it, and write model, metrics and report into the job's output folder.") { job, set, workers, threads, runId, resume };
        c.SetAction(p => Execution.Of(c, p, s => TrainRun.Run(s, new TrainRequest(
            p.GetValue(job)!, Overrides.Of(p.GetValue(set)!, p.GetValue(workers), p.GetValue(threads)), p.GetValue(runId), p.GetValue(resume)))));
        return c.WithExamples(
            "yarndl train job.yaml",
            "yarndl train job.yaml --set train.epochs=3 --set optimizer.learningRate=0.01",
            "yarndl train job.yaml --workers 4 --threads 2      four worker processes; the same model, bit for bit",
            "yarndl train job.yaml --run-id 2026-11-21          into a folder of this name under the output",
            "yarndl train job.yaml --resume                     continues after a kill");
    }
}
