namespace YarnDL.Nn;

/// <summary>Options that cannot be: the message says where, what was seen, what must hold. In a job file this is exit code 2.</summary>
/// <param name="message">In the common form <c>[area] seen; remedy</c>.</param>
/// <param name="key">The option that is wrong, so that a caller can point at its line; null when it is the whole.</param>
public sealed class SpecException(string message, string? key = null) : Exception(message)
{
    /// <summary>The option that is wrong; null when it is the whole.</summary>
    public string? Key { get; } = key;
}
