using YarnDL.Data.Blocks;
using YarnDL.Data.Encoding;
using YarnDL.Data.Features;
using YarnDL.Data.Files;
using YarnDL.Data.Rows;
using YarnDL.Tensors;
using YarnDL.Training.Workers;

namespace YarnDL.Training.Engines;

/// <summary>
/// Encoding in worker processes: the driver reads the rows and deals them in parts, merges what comes back, and deals the sorted rows to the workers that write the
/// shards. A part or shard of a lost worker is redone; no byte depends on who did what.
/// </summary>
internal sealed class WorkerStages(EncodeJob job, string folder, WorkerProcesses workers, ITrainingProgress progress) : SortingStages(job, folder)
{
    private const int MostRows = 2048;
    private const long MostBytes = 8L << 20;
    private const long MostEncodedBytes = 32L << 20;

    private readonly PartDealer _dealer = new(workers, progress, "rows are");
    private PartWorker? _here;

    public override void Dispose()
    {
        _dealer.Dispose();
        _here?.Dispose();
        base.Dispose();
    }

    protected override FitPartial Fit(EncodingSetup setup, IEnumerable<ColumnBatch> batches, Schema schema, Action<long> report)
    {
        var opening = new EncodingOpening(setup, "");
        FitPartial sum = setup.NewFit(schema);
        _dealer.InOrder(Parts(batches, MostRows), batch => _dealer.Submit<(FitPartial Fit, int Rows)>(
            link =>
            {
                link.OpenEncoding(opening);
                FitPartial fit = setup.NewFit(schema);
                EncodingMessages.Fitted(link.Ask(Operation.Fit, EncodingMessages.Rows(new HeadWriter().Long(0).Flag(true).Flag(true), batch), Operation.FitDone), fit);
                return (fit, batch.Rows);
            },
            () => (Here(setup).Fit([batch], schema), batch.Rows)), part =>
        {
            sum.Merge(part.Fit.Partial(), part.Fit.Rows, part.Fit.IdSum);
            report(part.Rows);
        });
        return sum;
    }

    protected override void Encode(EncodingSetup setup, FittedFeatures features, IEnumerable<ColumnBatch> batches, Schema schema, bool heldOutSource, Action<EncodedPart> take)
    {
        var opening = new EncodingOpening(setup, features.ToJson());
        long perRow = features.Columns.Sum(c => c.PerRow is { } shape ? shape.ElementCount * c.DType.Size() : 0);
        int rows = (int)Math.Clamp(MostEncodedBytes / Math.Max(1, perRow), 1, MostRows);
        _dealer.InOrder(Parts(batches, rows), batch => _dealer.Submit(
            link =>
            {
                link.OpenEncoding(opening);
                return EncodingMessages.Encoded(link.Ask(Operation.Encode, EncodingMessages.Rows(new HeadWriter().Flag(heldOutSource), batch), Operation.EncodeDone));
            },
            () =>
            {
                var all = new EncodedPart();
                Here(setup).Encode(features, [batch], schema, heldOutSource, all.Add);
                return all;
            }), take);
    }

    protected override Action WriteRun(ByteBuffer records, string path)
    {
        if (Job.Store is not LocalFileStore)
        {
            return base.WriteRun(records, path);
        }

        // The path is the worker's too, and what a lost one left there must go.
        string full = Path.GetFullPath(path);
        DealtPart<bool> part = _dealer.Submit(
            link =>
            {
                Job.Store.Delete(full);
                using var bytes = Tensor.From<byte>(new Shape(records.Length), records.Written);
                link.Ask(Operation.Sort, new HeadWriter().Int(WorkerServer.LocalBlocks).Text(full), Operation.SortDone, bytes.View).End();
                return true;
            },
            () =>
            {
                Job.Store.Delete(full);
                RowSorter.WriteRun(Job.Store, full, records);
                return true;
            });
        return () => part.Wait();
    }

    protected override string Cut(Func<SortedRows> rows, CutJob cut, Action<long> report)
    {
        if (cut.Store is not LocalFileStore)
        {
            return base.Cut(rows, cut, report);
        }

        string json = (cut with { Folder = Path.GetFullPath(cut.Folder) }).ToJson();
        return BlockCutter.CutBlocks(rows, cut, shard =>
        {
            IReadOnlyList<WorkerLink> links = _dealer.Links;
            return links.Count == 0 ? new ShardWriter(cut, shard) : new RemoteShard(_dealer, links[shard % links.Count], json, shard);
        }, report);
    }

    private IEnumerable<ColumnBatch> Parts(IEnumerable<ColumnBatch> batches, int rows)
    {
        foreach (ColumnBatch batch in batches)
        {
            foreach (ColumnBatch part in batch.Cut(rows, MostBytes))
            {
                Job.Cancel.ThrowIfCancellationRequested();
                yield return part;
            }
        }
    }

    private PartWorker Here(EncodingSetup setup) => _here ??= new PartWorker(setup, Job.Pool);
}
