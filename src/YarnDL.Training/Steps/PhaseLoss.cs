namespace YarnDL.Training.Steps;

/// <summary>A loss of a phase: loss = weight * numerator / denominator; the training graph reads the denominator from the input of that name.</summary>
public sealed record PhaseLoss(string Name, string Numerator, string Denominator, double Weight);
