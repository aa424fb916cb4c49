using YarnDL.Data.Features;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Encoding;

/// <summary>All stages in this process, on the job's threads.</summary>
public sealed class LocalStages(EncodeJob job, string folder) : SortingStages(job, folder)
{
    private PartWorker? _worker;

    public override void Dispose()
    {
        _worker?.Dispose();
        base.Dispose();
    }

    protected override FitPartial Fit(EncodingSetup setup, IEnumerable<ColumnBatch> batches, Schema schema, Action<long> report) =>
        Worker(setup).Fit(batches, schema, report, Job.Cancel);

    protected override void Encode(EncodingSetup setup, FittedFeatures features, IEnumerable<ColumnBatch> batches, Schema schema, bool heldOutSource, Action<EncodedPart> take) =>
        Worker(setup).Encode(features, batches, schema, heldOutSource, take, Job.Cancel);

    private PartWorker Worker(EncodingSetup setup) => _worker ??= new PartWorker(setup, Job.Pool);
}
