using YarnDL.Data.Encoding;
using YarnDL.Data.Files;
using YarnDL.Tensors;

namespace YarnDL.Data.Blocks;

/// <summary>The encoded rows of a job's training (or held-out) set: block files in a staging folder, opened for reading by shard.</summary>
public sealed class BlockSet : IDisposable
{
    /// <summary>Opens the folder and checks the manifest.</summary>
    /// <exception cref="DataException">Missing, malformed, or checksums that differ.</exception>
    public static BlockSet Open(IFileStore store, string folder) => throw new NotImplementedException();

    public IReadOnlyList<EncodedColumn> Columns => throw new NotImplementedException();

    public long Rows => throw new NotImplementedException();

    public int Shards => throw new NotImplementedException();

    /// <summary>SHA-256 over (id, ordinal) in canonical order, hexadecimal.</summary>
    public string DataHash => throw new NotImplementedException();

    /// <summary>ceil(rows / batch).</summary>
    public long StepsPerEpoch(int batch) => throw new NotImplementedException();

    /// <summary>Rows that shard <paramref name="shard"/> brings to a step of an epoch: batch/shards, fewer at its end, 0 after.</summary>
    public int RowsOfStep(int shard, long step, int batch) => throw new NotImplementedException();

    /// <summary>
    /// Copies the rows of a shard's step into columns (views of (capacity, per row...)) from row <paramref name="firstRow"/> on,
    /// and their canonical numbers. A function of (seed, epoch, step) only. Thread-safe for different shards.
    /// </summary>
    /// <param name="shuffle">False keeps canonical order.</param>
    /// <returns>The number of rows copied.</returns>
    public int Read(int shard, ulong seed, uint epoch, long step, int batch, bool shuffle, ReadOnlySpan<TensorView> columns, int firstRow, Span<long> rowNumbers) => throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();
}
