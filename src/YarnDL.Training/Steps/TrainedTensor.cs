using YarnDL.Tensors;

namespace YarnDL.Training.Steps;

/// <summary>A parameter that a phase trains: its place among the parameters, and the place of its gradient among the phase's dense gradients.</summary>
public sealed record TrainedTensor(string Name, long Offset, long GradientOffset, Shape Shape)
{
    public long Count => Shape.ElementCount;
}
