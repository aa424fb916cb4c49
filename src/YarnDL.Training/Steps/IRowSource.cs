using YarnDL.Data.Encoding;
using YarnDL.Tensors;

namespace YarnDL.Training.Steps;

/// <summary>Encoded rows dealt to shards and steps: a function of seed, epoch and step only.</summary>
public interface IRowSource : IDisposable
{
    IReadOnlyList<EncodedColumn> Columns { get; }

    /// <summary>Rows of an epoch.</summary>
    long Rows { get; }

    int Shards { get; }

    /// <summary>Tells whether two sources hold the same rows.</summary>
    string DataHash { get; }

    long StepsPerEpoch(int batch);

    /// <summary>Rows that a shard brings to a step.</summary>
    int RowsOfStep(int shard, long step, int batch);

    /// <summary>Copies a shard's rows of a step into the views from <paramref name="firstRow"/> on (an empty view: not wanted), and their canonical numbers.</summary>
    /// <returns>The number of rows.</returns>
    int Read(int shard, ulong seed, StepPosition position, int batch, bool shuffle, ReadOnlySpan<TensorView> columns, int firstRow, Span<long> rowNumbers);
}
