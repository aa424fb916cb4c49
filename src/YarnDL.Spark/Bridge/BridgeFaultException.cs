namespace YarnDL.Spark.Bridge;

/// <summary>The JVM could not do what it was asked for. Kinds are those of the worker protocol's failures, 0 is an unexpected exception there.</summary>
internal sealed class BridgeFaultException(int kind, int fault, string message) : Exception(message)
{
    public int Kind { get; } = kind;

    public int Fault { get; } = fault;
}
