namespace YarnDL.Data.Files;

/// <summary>Storage said no. Kind tells the exit code: Missing 3, Denied and Full 8, Busy 6.</summary>
public sealed class FileStoreException(FileStoreFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public FileStoreFault Fault { get; } = fault;
}
