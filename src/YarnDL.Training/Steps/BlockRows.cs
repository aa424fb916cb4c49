using YarnDL.Data.Blocks;
using YarnDL.Data.Encoding;
using YarnDL.Data.Files;
using YarnDL.Tensors;

namespace YarnDL.Training.Steps;

/// <summary>Rows from a folder of block files.</summary>
/// <param name="store">Where the folder is.</param>
/// <param name="folder">Of block files.</param>
/// <param name="prefetch">Load the next blocks on a thread of its own; the rows are the same.</param>
public sealed class BlockRows(IFileStore store, string folder, bool prefetch = false) : IRowSource
{
    private readonly BlockSet _blocks = BlockSet.Open(store, folder, prefetch);

    public IFileStore Store => store;

    public string Folder => folder;

    public IReadOnlyList<EncodedColumn> Columns => _blocks.Columns;

    public long Rows => _blocks.Rows;

    public int Shards => _blocks.Shards;

    public string DataHash => _blocks.DataHash;

    public long StepsPerEpoch(int batch) => _blocks.StepsPerEpoch(batch);

    public int RowsOfStep(int shard, long step, int batch) => _blocks.RowsOfStep(shard, step, batch);

    public int Read(int shard, ulong seed, StepPosition position, int batch, bool shuffle, ReadOnlySpan<TensorView> columns, int firstRow, Span<long> rowNumbers) =>
        _blocks.Read(shard, seed, position.Epoch, position.Step, batch, shuffle, columns, firstRow, rowNumbers);

    public void Dispose() => _blocks.Dispose();
}
