namespace YarnDL.Training.Scoring;

/// <summary>Predictions for the rows of a table. They do not depend on batch size, threads or neighbours; their order is the order of the input.</summary>
public static class Scorer
{
    public static ScoreResult Score(ScoreRequest request, ITrainingProgress progress, CancellationToken cancellation = default) => throw new NotImplementedException();
}
