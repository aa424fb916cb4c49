using YarnDL.Data.Encoding;
using YarnDL.Training.Runs;

namespace YarnDL.Training;

/// <summary>Carries out a training plan: epochs, evaluation, checkpoints, the model directory.</summary>
public static class Trainer
{
    /// <summary>Looks for mistakes that need no row to be seen: whether network, losses, metrics, rules and optimizers go together. The model may be a <see cref="Nn.Model.Sketch"/>.</summary>
    /// <param name="plan">What is to be trained.</param>
    /// <param name="columns">The encoded columns that there will be.</param>
    /// <param name="gate">As <see cref="TrainingRun.Gate"/>.</param>
    /// <param name="monitor">As <see cref="CheckpointPolicy.Monitor"/>.</param>
    /// <param name="heldOut">Whether there will be held-out rows.</param>
    /// <exception cref="TrainingException">The plan cannot be carried out.</exception>
    /// <exception cref="Graphs.GraphException">Network and losses do not fit.</exception>
    public static void Check(TrainingPlan plan, IReadOnlyList<EncodedColumn> columns, string? gate = null, string? monitor = null, bool heldOut = false)
    {
        (Steps.StepPlan steps, _) = PlanCheck.Of(plan, columns, Steps.ShardRule.Shards(plan.BatchSize, plan.Shards));
        _ = PlanCheck.Monitor(steps, heldOut, monitor);
        _ = gate is null ? null : new Gate(gate, PlanCheck.ValueNames(steps, heldOut));
    }

    /// <summary>Trains, or continues from the newest checkpoint of the run's folder. Bit for bit the same model whatever the engine, the interruptions and the machine.</summary>
    /// <param name="plan">What is trained. The model's weights are where training starts and are not changed.</param>
    /// <param name="run">Where and how.</param>
    /// <param name="progress">Told what happens, on one thread that is not the caller's.</param>
    /// <param name="cancellation">Ends the run after the step under way, with a checkpoint.</param>
    /// <exception cref="TrainingException">The plan cannot be carried out, or the loss is no longer a number.</exception>
    /// <exception cref="Data.DataException">Blocks are missing or damaged, or a row cannot be used.</exception>
    /// <exception cref="Data.Files.FileStoreException">The model is there already, or storage says no.</exception>
    /// <exception cref="ModelFiles.ModelFileException">The model to start from is refused.</exception>
    public static Task<TrainingResult> FitAsync(TrainingPlan plan, TrainingRun run, ITrainingProgress progress, CancellationToken cancellation = default) =>
        Task.Run(() => RunningTraining.Fit(plan, run, progress, cancellation), CancellationToken.None);
}
