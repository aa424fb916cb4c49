namespace YarnDL.Training.Scoring;

/// <summary>A model judged: loss and metrics by name, and for a classifier the confusion matrix, rows = truth, columns = prediction.</summary>
public sealed record EvaluationResult(long Rows, IReadOnlyDictionary<string, double> Values, IReadOnlyList<string> Classes, long[][]? Confusion)
{
    /// <summary>Rows that could not be encoded and were left out.</summary>
    public long Dropped { get; init; }
}
