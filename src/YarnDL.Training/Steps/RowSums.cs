using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Training.Steps;

/// <summary>The gradient of some rows of a table: ascending row numbers without repeats, and one line each. All other rows have gradient 0.</summary>
/// <param name="entries">Rows of the table.</param>
/// <param name="width">Elements of a row.</param>
public sealed unsafe class RowSums(long entries, long width) : IDisposable
{
    private Tensor _ids = new(DType.Int64, new Shape(0));
    private Tensor _values = new(DType.Float32, new Shape(0));
    private Tensor _spareIds = new(DType.Int64, new Shape(0));
    private Tensor _spareValues = new(DType.Float32, new Shape(0));
    private Tensor? _scratch;

    public long Entries => entries;

    public long Width => width;

    /// <summary>Rows that have a gradient.</summary>
    public long Count { get; private set; }

    /// <summary>(Count) row numbers.</summary>
    public TensorView Ids => new(_ids.View.Data, DType.Int64, new Shape(Count));

    /// <summary>(Count, width) lines.</summary>
    public TensorView Values => new(_values.View.Data, DType.Float32, new Shape(Count, width));

    /// <summary>Room for so many rows, content undefined; fill <see cref="Ids"/> and <see cref="Values"/>.</summary>
    public void Resize(long count)
    {
        Reserve(ref _ids, ref _values, count);
        Count = count;
    }

    /// <summary>Sums the lines that were looked up under one number, over the shards of a run.</summary>
    /// <param name="pool">Threads.</param>
    /// <param name="rows">Shards of the run; it has rows.</param>
    /// <param name="indices">Row numbers, int64 or int32; negative ones count from the end.</param>
    /// <param name="lines">As many lines.</param>
    /// <param name="padding">The row that never learns; negative: none.</param>
    /// <param name="perOccurrence">Divide a row's lines by their number in the shard.</param>
    public void Collect(ComputePool pool, RowSegments rows, TensorView indices, TensorView lines, long padding, bool perOccurrence)
    {
        long terms = indices.Count;
        Reserve(ref _ids, ref _values, terms);
        long bytes = (terms * sizeof(long)) + IndexedSums.DistinctScratchBytes(terms);
        if (_scratch is null || _scratch.Shape.ElementCount < bytes)
        {
            _scratch?.Dispose();
            _scratch = new Tensor(DType.UInt8, new Shape(bytes));
        }

        long* numbers = _scratch.View.I64;
        for (long i = 0; i < terms; i++)
        {
            long k = indices.DType == DType.Int64 ? indices.I64[i] : indices.I32[i];
            k = k < 0 ? k + entries : k;
            numbers[i] = k == padding ? -1 : k;
        }

        Count = IndexedSums.Distinct(pool, rows, terms / rows.Rows, terms, numbers, lines.F32, width, perOccurrence, _ids.View.I64, _values.View.F32, numbers + terms);
    }

    /// <summary>This plus another, row by row: what both have is added, what one has is taken.</summary>
    public void Add(RowSums right)
    {
        if (right.Count == 0)
        {
            return;
        }

        Reserve(ref _spareIds, ref _spareValues, Count + right.Count);
        long* a = _ids.View.I64, b = right._ids.View.I64, into = _spareIds.View.I64;
        float* x = _values.View.F32, y = right._values.View.F32, sum = _spareValues.View.F32;
        long i = 0, k = 0, n = 0;
        while (i < Count || k < right.Count)
        {
            bool left = k == right.Count || (i < Count && a[i] <= b[k]);
            bool both = left && k < right.Count && a[i] == b[k];
            into[n] = left ? a[i] : b[k];
            Buffer.MemoryCopy(left ? x + (i * width) : y + (k * width), sum + (n * width), width * sizeof(float), width * sizeof(float));
            if (both)
            {
                for (long c = 0; c < width; c++)
                {
                    sum[(n * width) + c] += y[(k * width) + c];
                }
            }

            i += left ? 1 : 0;
            k += both || !left ? 1 : 0;
            n++;
        }

        (_ids, _spareIds, _values, _spareValues) = (_spareIds, _ids, _spareValues, _values);
        Count = n;
    }

    /// <summary>Takes over another's content.</summary>
    public void CopyFrom(RowSums other)
    {
        Resize(other.Count);
        other.Ids.Span<long>().CopyTo(Ids.Span<long>());
        other.Values.Span<float>().CopyTo(Values.Span<float>());
    }

    /// <summary>True when the row numbers ascend without repeats and lie in the table.</summary>
    public bool IsSorted()
    {
        long* ids = _ids.View.I64;
        for (long i = 0; i < Count; i++)
        {
            if (ids[i] >= entries || ids[i] <= (i == 0 ? -1 : ids[i - 1]))
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose()
    {
        _ids.Dispose();
        _values.Dispose();
        _spareIds.Dispose();
        _spareValues.Dispose();
        _scratch?.Dispose();
    }

    private void Reserve(ref Tensor ids, ref Tensor values, long count)
    {
        if (ids.Shape.ElementCount < count)
        {
            long room = Math.Max(count, Math.Min(entries, ids.Shape.ElementCount * 2));
            ids.Dispose();
            values.Dispose();
            ids = new Tensor(DType.Int64, new Shape(room));
            values = new Tensor(DType.Float32, new Shape(room * width));
        }
    }
}
