using System.Runtime.InteropServices;
using System.Security.Cryptography;
using YarnDL.Data.Encoding;
using YarnDL.Tensors;

namespace YarnDL.Training.Steps;

/// <summary>Rows given in memory with the batches spelled out: step t takes the pool rows order[t]; shard s of S takes its s-th part of the batch.</summary>
public sealed class ExplicitRows : IRowSource
{
    private readonly Tensor[] _pool;
    private readonly int[][] _order;

    /// <param name="columns">The columns; each has a shape per row.</param>
    /// <param name="pool">For each column a tensor (pool rows, per row...).</param>
    /// <param name="order">For each step the pool rows of its batch; every batch but the last has the full size.</param>
    /// <param name="shards">Shards of a batch.</param>
    public ExplicitRows(IReadOnlyList<EncodedColumn> columns, IReadOnlyList<Tensor> pool, IReadOnlyList<int[]> order, int shards)
    {
        for (int c = 0; c < columns.Count; c++)
        {
            if (columns[c].PerRow is not { } perRow || pool[c].DType != columns[c].DType || !pool[c].Shape.Dims[1..].SequenceEqual(perRow.Dims) || pool[c].Shape[0] != pool[0].Shape[0])
            {
                throw new TrainingException(TrainingFault.Job, $"[rows] column {columns[c].Name} is {columns[c].DType} {columns[c].PerRow} per row, its pool is {pool[c].DType} {pool[c].Shape}; they must agree, and all pools have one number of rows");
            }
        }

        long rows = pool[0].Shape[0];
        if (order.Any(step => Array.Exists(step, r => r < 0 || r >= rows)))
        {
            throw new TrainingException(TrainingFault.Job, $"[rows] a batch names a row outside the pool of {rows} rows");
        }

        Columns = columns;
        _pool = [.. pool];
        _order = [.. order];
        Shards = shards;
        Rows = order.Sum(o => (long)o.Length);
        DataHash = Hash();
    }

    public IReadOnlyList<EncodedColumn> Columns { get; }

    public IReadOnlyList<Tensor> Pool => _pool;

    public IReadOnlyList<int[]> Order => _order;

    public long Rows { get; }

    public int Shards { get; }

    public string DataHash { get; }

    public long StepsPerEpoch(int batch) => _order.Length;

    public int RowsOfStep(int shard, long step, int batch)
    {
        (int first, int end) = Part(shard, step, batch);
        return end - first;
    }

    public unsafe int Read(int shard, ulong seed, StepPosition position, int batch, bool shuffle, ReadOnlySpan<TensorView> columns, int firstRow, Span<long> rowNumbers)
    {
        (int first, int end) = Part(shard, position.Step, batch);
        int[] rows = _order[position.Step];
        for (int i = first; i < end; i++)
        {
            rowNumbers[i - first] = rows[i];
            for (int c = 0; c < columns.Length; c++)
            {
                if (!columns[c].IsEmpty)
                {
                    long width = Columns[c].PerRow!.Value.ElementCount * Columns[c].DType.Size();
                    Buffer.MemoryCopy((byte*)_pool[c].View.Data + (rows[i] * width), (byte*)columns[c].Data + ((firstRow + i - first) * width), width, width);
                }
            }
        }

        return end - first;
    }

    public void Dispose()
    {
    }

    private (int First, int End) Part(int shard, long step, int batch)
    {
        int length = step < _order.Length ? _order[step].Length : 0;
        int perShard = batch / Shards;
        return (Math.Min(length, shard * perShard), Math.Min(length, (shard + 1) * perShard));
    }

    private unsafe string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Tensor t in _pool)
        {
            hash.AppendData(new ReadOnlySpan<byte>(t.View.Data, checked((int)(t.Shape.ElementCount * t.DType.Size()))));
        }

        foreach (int[] step in _order)
        {
            hash.AppendData(MemoryMarshal.AsBytes<int>(step));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
