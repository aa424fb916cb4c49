namespace YarnDL.Nn;

/// <summary>What changes from step to step: step from 0, learning rate, and the momentum (or Adam's beta1) where a schedule drives it; a weight decay that takes the optimizer's place.</summary>
public readonly record struct UpdateStep(long Step, double LearningRate, double? Momentum = null, double? WeightDecay = null);
