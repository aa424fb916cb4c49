using YarnDL.Training.Steps;

namespace YarnDL.Training.Engines;

/// <summary>One step for all shards. Next is the step whose denominators are wanted with the answer; null after the last.</summary>
public sealed record StepOrder(long Step, int Phase, StepPosition Position, StepPosition? Next, IReadOnlyList<float> Denominators);
