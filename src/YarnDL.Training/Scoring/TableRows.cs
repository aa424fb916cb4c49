using System.Runtime.ExceptionServices;
using YarnDL.Data;
using YarnDL.Data.Encoding;
using YarnDL.Data.Features;
using YarnDL.Data.Rows;
using YarnDL.Tensors;
using YarnDL.Training.Steps;

namespace YarnDL.Training.Scoring;

/// <summary>Rows of a table, encoded some at a time into column tensors, on all threads.</summary>
internal sealed unsafe class TableRows : IDisposable
{
    private const int RowsPerItem = 32;

    private readonly FittedFeatures _features;
    private readonly ComputePool _pool;
    private readonly ScoringBadRows _badRows;
    private readonly int _capacity;
    private readonly Tensor[] _columns;
    private readonly RowEncoder?[] _encoders;
    private readonly ByteBuffer[] _bytes;
    private readonly BadValue?[] _bad;
    private Schema? _schema;

    /// <param name="features">What a row is encoded to.</param>
    /// <param name="capacity">Most rows at a time.</param>
    /// <param name="pool">Threads.</param>
    /// <param name="badRows">Told of bad rows, which are left out; may end the reading.</param>
    public TableRows(FittedFeatures features, int capacity, ComputePool pool, ScoringBadRows badRows)
    {
        if (features.Columns.FirstOrDefault(c => c.PerRow is null) is { } raw)
        {
            throw new DataException(DataFault.Job, $"[features] {raw.Name} has values of varying length; the model's inputs need fixed shapes; use features that are encoded once");
        }

        _features = features;
        _capacity = capacity;
        _pool = pool;
        _badRows = badRows;
        _columns = [.. features.Columns.Select(c => new Tensor(c.DType, new Shape([capacity, .. c.PerRow!.Value.Dims])))];
        _encoders = new RowEncoder?[pool.Threads];
        _bytes = [.. Enumerable.Range(0, pool.Threads).Select(_ => new ByteBuffer())];
        _bad = new BadValue?[capacity];
        RowBytes = checked((int)features.Columns.Sum(c => c.PerRow!.Value.ElementCount * c.DType.Size()));
    }

    public IReadOnlyList<EncodedColumn> Columns => _features.Columns;

    /// <summary>Rows held now.</summary>
    public long Rows { get; private set; }

    private int RowBytes { get; }

    /// <summary>The rows of a column, (rows, per row...).</summary>
    public TensorView Column(string name)
    {
        for (int c = 0; c < _columns.Length; c++)
        {
            if (Columns[c].Name == name)
            {
                return StepRows.Slice(_columns[c].View, 0, (int)Rows);
            }
        }

        throw new DataException(DataFault.Input, $"[features] the model reads column {name}, its features give {string.Join(", ", Columns.Select(c => c.Name))}; the model directory is not consistent");
    }

    /// <summary>Encodes rows from .. to-1 of a batch, bad ones left out.</summary>
    /// <returns>The batch rows that are held now, in their order.</returns>
    /// <exception cref="DataException">A bad row, where these are not dropped.</exception>
    public List<int> Encode(ColumnBatch batch, int from, int to)
    {
        Bind(batch.Schema);
        int count = Math.Min(to - from, _capacity);
        Array.Clear(_bad, 0, count);
        var scratch = new byte[(long)count * RowBytes];
        var job = new Job(this, batch, from, count, scratch);
        _pool.Run(ref job, (count + RowsPerItem - 1) / RowsPerItem);
        job.Failure.Value?.Throw();
        var kept = new List<int>(count);
        for (int i = 0; i < count; i++)
        {
            if (_bad[i] is { } bad)
            {
                _badRows.Add(batch, from + i, bad);
                continue;
            }

            Place(scratch.AsSpan(i * RowBytes, RowBytes), kept.Count);
            kept.Add(from + i);
        }

        Rows = kept.Count;
        return kept;
    }

    public void Dispose()
    {
        foreach (Tensor t in _columns)
        {
            t.Dispose();
        }

        foreach (RowEncoder? e in _encoders)
        {
            e?.Dispose();
        }
    }

    private void Bind(Schema schema)
    {
        if (_schema is not null && schema.SameAs(_schema))
        {
            return;
        }

        for (int t = 0; t < _encoders.Length; t++)
        {
            _encoders[t]?.Dispose();
            _encoders[t] = _features.Bind(schema);
        }

        _schema = schema;
    }

    private void Place(ReadOnlySpan<byte> row, int at)
    {
        for (int c = 0; c < _columns.Length; c++)
        {
            int width = checked((int)(Columns[c].PerRow!.Value.ElementCount * Columns[c].DType.Size()));
            row[..width].CopyTo(new Span<byte>((byte*)_columns[c].View.Data + ((long)at * width), width));
            row = row[width..];
        }
    }

    private readonly struct Job(TableRows rows, ColumnBatch batch, int from, int count, byte[] scratch) : IParallelJob
    {
        public StrongBox Failure { get; } = new();

        public void Execute(long item, int thread)
        {
            int end = (int)Math.Min(count, (item + 1) * RowsPerItem);
            ByteBuffer bytes = rows._bytes[thread];
            try
            {
                for (int i = (int)item * RowsPerItem; i < end; i++)
                {
                    bytes.Clear();
                    rows._bad[i] = rows._encoders[thread]!.Encode(batch, from + i, bytes);
                    if (rows._bad[i] is null)
                    {
                        bytes.Written.CopyTo(scratch.AsSpan(i * rows.RowBytes));
                    }
                }
            }
            catch (Exception e)
            {
                Failure.Value = ExceptionDispatchInfo.Capture(e);
            }
        }
    }

    private sealed class StrongBox
    {
        public volatile ExceptionDispatchInfo? Value;
    }
}
