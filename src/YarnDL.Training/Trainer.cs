using YarnDL.Training.Runs;

namespace YarnDL.Training;

/// <summary>Carries out a training plan: epochs, evaluation, checkpoints, the model directory.</summary>
public static class Trainer
{
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
