using YarnDL.Data.Blocks;
using YarnDL.Data.Features;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Encoding;

/// <summary>Stages whose rows are read and sorted in this process; who fits, encodes and writes them is up to the subclass.</summary>
public abstract class SortingStages : IEncodingStages
{
    private readonly RowSorter[] _sorters = new RowSorter[2];

    /// <param name="job">What is encoded.</param>
    /// <param name="folder">Where sorted runs go, below the folder of the encoding.</param>
    protected SortingStages(EncodeJob job, string folder)
    {
        Job = job;
        _sorters[0] = new RowSorter(job.Store, $"{folder}/sort-trained", job.MemoryLimit / 2, WriteRun);
        _sorters[1] = new RowSorter(job.Store, $"{folder}/sort-heldout", job.MemoryLimit / 2, WriteRun);
    }

    protected EncodeJob Job { get; }

    public FitPartial? Fit(EncodingSetup setup, Action<long> report)
    {
        using var batches = Job.Rows().GetEnumerator();
        if (!batches.MoveNext())
        {
            return null;
        }

        Schema schema = batches.Current.Schema;
        var empty = setup.NewFit(schema);
        return empty.IsEmpty ? empty : Fit(setup, From(batches, schema), schema, report);
    }

    public bool Encode(EncodingSetup setup, FittedFeatures features, bool heldOutSource, Action<EncodedPart> take)
    {
        using var batches = (heldOutSource ? Job.HeldOutRows! : Job.Rows)().GetEnumerator();
        if (!batches.MoveNext())
        {
            return false;
        }

        Schema schema = batches.Current.Schema;
        Encode(setup, features, From(batches, schema), schema, heldOutSource, part =>
        {
            _sorters[0].Add(part.Trained);
            _sorters[1].Add(part.HeldOut);
            take(part);
        });
        return true;
    }

    public (long Rows, long EncodedBytes) Kept(bool heldOut)
    {
        var sorter = _sorters[heldOut ? 1 : 0];
        return (sorter.Rows, sorter.EncodedBytes);
    }

    public string Cut(bool heldOut, CutJob cut, Action<long> report)
    {
        var sorter = _sorters[heldOut ? 1 : 0];
        string hash = Cut(sorter.Merge, cut, report);
        sorter.Dispose();
        return hash;
    }

    public virtual void Dispose()
    {
        foreach (var sorter in _sorters)
        {
            sorter.Dispose();
        }
    }

    /// <summary>Stage 1 over batches of one schema.</summary>
    protected abstract FitPartial Fit(EncodingSetup setup, IEnumerable<ColumnBatch> batches, Schema schema, Action<long> report);

    /// <summary>Stage 2 over batches of one schema; parts come in the order of the rows.</summary>
    protected abstract void Encode(EncodingSetup setup, FittedFeatures features, IEnumerable<ColumnBatch> batches, Schema schema, bool heldOutSource, Action<EncodedPart> take);

    /// <summary>Stage 3 for what does not fit into memory: sorts records and writes them as a run, now or until the returned wait ends. The records are the callee's.</summary>
    protected virtual Action WriteRun(ByteBuffer records, string path)
    {
        RowSorter.WriteRun(Job.Store, path, records);
        return static () => { };
    }

    /// <summary>Stage 4.</summary>
    protected virtual string Cut(Func<SortedRows> rows, CutJob cut, Action<long> report) => BlockCutter.CutBlocks(rows, cut, null, report);

    private static IEnumerable<ColumnBatch> From(IEnumerator<ColumnBatch> batches, Schema schema)
    {
        do
        {
            var batch = batches.Current;
            if (!ReferenceEquals(batch.Schema, schema) && batch.Schema.ToString() != schema.ToString())
            {
                throw new DataException(DataFault.Input, $"[encode] the source changes its columns from {schema} to {batch.Schema}; all parts must have the same; name the columns and cast them");
            }

            yield return batch;
        }
        while (batches.MoveNext());
    }
}
