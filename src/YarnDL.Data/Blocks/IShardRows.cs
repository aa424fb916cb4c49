using YarnDL.Data.Encoding;

namespace YarnDL.Data.Blocks;

/// <summary>Takes the rows of one shard's blocks and makes files of them: here, or in a worker.</summary>
public interface IShardRows : IDisposable
{
    /// <summary>Adds the shard's next row in canonical order.</summary>
    void Add(RowId id, uint ordinal, ReadOnlySpan<byte> row);

    /// <summary>Ends the shard's files; all of its rows must have been added.</summary>
    /// <returns>The files; null when who wrote them is lost, and with it the files.</returns>
    IReadOnlyList<BlockFileEntry>? Finish();
}
