namespace YarnDL.Training.Scoring;

/// <summary>Judges a model directory on rows.</summary>
public static class Evaluator
{
    public static EvaluationResult Evaluate(EvaluationRequest request, ITrainingProgress progress, CancellationToken cancellation = default) => throw new NotImplementedException();
}
