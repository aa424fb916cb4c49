using YarnDL.Data.Rows;

namespace YarnDL.Data.Features;

/// <summary>A feature bound to a schema and its fitted state. Not thread-safe: one per thread.</summary>
public abstract class FeatureEncoder : IDisposable
{
    /// <summary>Writes a row's elements.</summary>
    /// <param name="into">Exactly the bytes of the encoded column's row.</param>
    /// <returns>Null, or what is wrong with the row.</returns>
    public abstract BadValue? Encode(ColumnBatch batch, int row, Span<byte> into);

    public virtual void Dispose()
    {
    }
}
