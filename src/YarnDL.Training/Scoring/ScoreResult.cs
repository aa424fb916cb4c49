namespace YarnDL.Training.Scoring;

/// <summary>A finished scoring.</summary>
/// <param name="Ledger">Every row once.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="BadRows">File of the rows that were set aside; null when there are none.</param>
public sealed record ScoreResult(ScoreLedger Ledger, double Seconds, string? BadRows = null);
