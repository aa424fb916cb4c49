namespace YarnDL.Data.Encoding;

/// <summary>A sorted run that is read record by record.</summary>
internal abstract class RunSource : IDisposable
{
    /// <summary>The record at hand; valid until the next <see cref="Next"/>.</summary>
    public abstract ReadOnlySpan<byte> Record { get; }

    public RowId Id { get; protected set; }

    /// <summary>Goes to the next record; false at the end.</summary>
    public abstract bool Next();

    public virtual void Dispose()
    {
    }
}
