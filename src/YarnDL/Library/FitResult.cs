using YarnDL.Data.Encoding;
using YarnDL.Data.Series;
using YarnDL.Training;
using YarnDL.Training.Scoring;

namespace YarnDL;

/// <summary>A finished training: what the trainer tells, where all lies, and the last measurement.</summary>
/// <param name="Training">Outcome, epochs, model path.</param>
/// <param name="Output">The run's folder.</param>
/// <param name="Report">The page.</param>
/// <param name="Ledger">Every input row once.</param>
/// <param name="Evaluation">The model on the test rows, or on the held-out ones; null when there are none.</param>
/// <param name="BadRows">The rows that were set aside, as JSON lines; null when there are none.</param>
public sealed record FitResult(TrainingResult Training, string Output, string? Report, RowLedger Ledger, EvaluationResult? Evaluation, string? BadRows)
{
    /// <summary>Where windows are the rows: the source rows they were cut out of. Null otherwise, and when the windows were encoded by an earlier run.</summary>
    public SeriesLedger? SourceRows { get; init; }
}
