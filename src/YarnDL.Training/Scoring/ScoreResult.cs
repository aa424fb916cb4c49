namespace YarnDL.Training.Scoring;

/// <summary>A finished scoring.</summary>
public sealed record ScoreResult(ScoreLedger Ledger, double Seconds);
