namespace YarnDL.Training;

/// <summary>A training that cannot go on; <see cref="Fault"/> tells the exit code.</summary>
public sealed class TrainingException(TrainingFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public TrainingFault Fault { get; } = fault;
}
