namespace YarnDL.Data;

/// <summary>Input that is missing or is not what the job says. Kind tells the exit code: Input 3, BadRows 4, Empty 99, Job 2.</summary>
public sealed class DataException(DataFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public DataFault Fault { get; } = fault;
}
