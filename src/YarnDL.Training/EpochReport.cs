namespace YarnDL.Training;

/// <summary>One finished epoch: mean training loss and metrics by name, the held-out set's prefixed with <c>val_</c>.</summary>
public sealed record EpochReport(int Epoch, IReadOnlyDictionary<string, double> Values, double Seconds);
