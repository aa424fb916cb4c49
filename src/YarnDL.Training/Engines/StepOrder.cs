using YarnDL.Training.Steps;

namespace YarnDL.Training.Engines;

/// <summary>One phase of a step for all shards.</summary>
/// <param name="Step">Steps done before this one.</param>
/// <param name="Version">Of the weights: it changes whenever parameters or buffers do.</param>
/// <param name="Phase">Which phase of the plan.</param>
/// <param name="Position">Which rows.</param>
/// <param name="Next">The step whose denominators are wanted with the answer; null in all phases but the last, and after the last step.</param>
/// <param name="Denominators">Of this phase's losses.</param>
public sealed record StepOrder(long Step, long Version, int Phase, StepPosition Position, StepPosition? Next, IReadOnlyList<float> Denominators);
