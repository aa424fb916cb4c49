namespace YarnDL.Training;

/// <summary>Carries out a training plan: epochs, evaluation, checkpoints, the model directory.</summary>
public static class Trainer
{
    /// <summary>Trains, or continues from the newest checkpoint of the run's folder. Bit for bit the same model whatever the engine, the interruptions and the machine.</summary>
    /// <exception cref="TrainingException">The plan cannot be carried out, or the loss is no longer a number.</exception>
    public static Task<TrainingResult> FitAsync(TrainingPlan plan, TrainingRun run, ITrainingProgress progress, CancellationToken cancellation = default) =>
        throw new NotImplementedException();
}
