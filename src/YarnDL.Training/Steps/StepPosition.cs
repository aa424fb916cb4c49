namespace YarnDL.Training.Steps;

/// <summary>Where a step is: epoch and step of the epoch, both from 0.</summary>
public readonly record struct StepPosition(uint Epoch, long Step);
