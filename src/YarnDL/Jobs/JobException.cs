namespace YarnDL.Jobs;

/// <summary>Arguments or a job file that cannot be run: place, what was seen, what must hold. Exit code 2.</summary>
public sealed class JobException(string message, Exception? inner = null) : Exception(message, inner);
