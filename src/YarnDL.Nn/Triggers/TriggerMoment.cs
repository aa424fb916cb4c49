namespace YarnDL.Nn;

/// <summary>Where a training stands after a step: what triggers look at.</summary>
/// <param name="Steps">Steps done.</param>
/// <param name="Epochs">Epochs finished.</param>
/// <param name="EpochEnds">Whether this step was the last of an epoch.</param>
/// <param name="Loss">Of the step.</param>
/// <param name="Score">The newest monitored metric; NaN before the first.</param>
/// <param name="Seconds">Since the start.</param>
/// <param name="SecondsBefore">Since the start, at the step before.</param>
public readonly record struct TriggerMoment(long Steps, long Epochs, bool EpochEnds, double Loss, double Score = double.NaN, double Seconds = 0, double SecondsBefore = 0);
