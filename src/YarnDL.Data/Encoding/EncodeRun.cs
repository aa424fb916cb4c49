using YarnDL.Data.Blocks;
using YarnDL.Data.Features;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Encoding;

/// <summary>The four stages of one <see cref="EncodeJob"/>.</summary>
internal sealed class EncodeRun(EncodeJob job, string folder, string fingerprint)
{
    private const int BadRowsToShow = 3;

    private readonly HashSplit _split = new(job.HeldOutFraction);
    private readonly List<BadRow> _bad = [];
    private readonly int _threads = job.Pool?.Threads ?? 1;
    private Schema? _schema;
    private long _read;
    private long _filtered;
    private long _badRows;

    public (FittedFeatures Features, StagingManifest Manifest) Execute()
    {
        if (job.HeldOutRows is not null && job.HeldOutFraction != 0)
        {
            throw new DataException(DataFault.Job, "[split] held-out rows of their own and a held-out fraction were both given; choose one");
        }

        job.Store.MakeFolders(folder);
        var (features, fitRows, fitSum) = Fit();
        using var trained = new RowSorter(job.Store, $"{folder}/sort-trained", job.MemoryLimit / 2);
        using var heldOut = new RowSorter(job.Store, $"{folder}/sort-heldout", job.MemoryLimit / 2);
        var (rows, sum) = Encode(features, job.Rows(), false, trained, heldOut);
        if (fitRows >= 0 && (fitRows != rows || fitSum != sum))
        {
            throw new DataException(DataFault.Input, $"[encode] the source gave {fitRows} rows at the first reading and {rows} other rows at the second; both must give the same; write the query's result to a table first, or give it a total order");
        }

        if (job.HeldOutRows is { } more)
        {
            Encode(features, more(), true, trained, heldOut);
        }

        long filteredBySource = job.FilteredBySource?.Invoke() ?? 0;
        var ledger = new RowLedger(
            _read + filteredBySource,
            trained.Rows,
            heldOut.Rows,
            _filtered + filteredBySource,
            job.OnBadRow.Kind == BadRowKind.Drop ? _badRows : 0,
            job.OnBadRow.Kind == BadRowKind.Drop ? 0 : _badRows);
        CheckLedger(ledger);
        WriteText(Encoder.FeaturesName, features.ToJson());
        WriteQuarantine();
        string hash = Cut(trained, features, Encoder.TrainedName);
        string heldOutHash = Cut(heldOut, features, Encoder.HeldOutName);
        job.Store.Delete($"{folder}/sort-trained");
        job.Store.Delete($"{folder}/sort-heldout");
        var manifest = new StagingManifest(fingerprint, ledger, hash, heldOutHash);
        manifest.Write(job.Store, folder);
        return (features, manifest);
    }

    private (FittedFeatures Features, long Rows, UInt128 IdSum) Fit()
    {
        if (job.Fitted is { } given)
        {
            CheckFitted(given.List);
            return (given, -1, 0);
        }

        long done = 0;
        using var batches = job.Rows().GetEnumerator();
        if (!First(batches))
        {
            throw Empty();
        }

        var fits = new FitPartial[_threads];
        for (int t = 0; t < _threads; t++)
        {
            fits[t] = new FitPartial(job.Features, _schema!, Sides());
        }

        if (fits[0].IsEmpty)
        {
            return (fits[0].Finish(), -1, 0);
        }

        new BatchSlices<int>(job.Pool, job.Cancel).Run(From(batches), Check, (t, b, from, to) =>
        {
            fits[t].Add(b, from, to);
            return to - from;
        }, n => Report("fit", done += n, n));
        for (int t = 1; t < _threads; t++)
        {
            fits[0].Merge(fits[t].Partial(), fits[t].Rows, fits[t].IdSum);
        }

        return (fits[0].Finish(), fits[0].Rows, fits[0].IdSum);
    }

    /// <summary>What was fitted before must be these features, option by option: the row id is over the columns that they read.</summary>
    private void CheckFitted(FeatureList fitted)
    {
        string[] before = [.. fitted.All.Select(f => $"{f.Spec.Type} {f.Spec.Options.ToJsonString()}")];
        string[] now = [.. job.Features.All.Select(f => $"{f.Spec.Type} {f.Spec.Options.ToJsonString()}")];
        for (int i = 0; i < Math.Max(before.Length, now.Length); i++)
        {
            if (i >= before.Length || i >= now.Length || before[i] != now[i])
            {
                throw new DataException(DataFault.Job, $"[features] feature {i + 1} is {now.ElementAtOrDefault(i) ?? "missing"}, the earlier model's is {before.ElementAtOrDefault(i) ?? "missing"}; fitted features can be taken over by the same features only; write the same ones, or fit them anew");
            }
        }
    }

    private (long Rows, UInt128 IdSum) Encode(FittedFeatures features, IEnumerable<ColumnBatch> source, bool heldOutSource, RowSorter trained, RowSorter heldOut)
    {
        long rows = 0;
        UInt128 sum = 0;
        using var batches = source.GetEnumerator();
        if (!First(batches))
        {
            return heldOutSource ? (0L, UInt128.Zero) : throw Empty();
        }

        var encoders = new PartEncoder[_threads];
        try
        {
            for (int t = 0; t < _threads; t++)
            {
                encoders[t] = new PartEncoder(features, _schema!, Sides(), job.OnBadRow, job.KeyColumns.Count > 0 ? job.KeyColumns : job.RowKey, job.RowKey);
            }

            new BatchSlices<EncodedPart>(job.Pool, job.Cancel).Run(From(batches), Check, (t, b, from, to) => encoders[t].Encode(b, from, to, heldOutSource), part =>
            {
                trained.Add(part.Trained);
                heldOut.Add(part.HeldOut);
                rows += part.Read - part.Filtered;
                sum = unchecked(sum + part.IdSum);
                _read += part.Read;
                _filtered += part.Filtered;
                _badRows += part.BadRows;
                _bad.AddRange(part.Bad);
                CheckBadRows();
                Report("encode", _read, part.Read);
            });
        }
        finally
        {
            foreach (var encoder in encoders)
            {
                encoder?.Dispose();
            }
        }

        return (rows, sum);
    }

    private string Cut(RowSorter sorter, FittedFeatures features, string name)
    {
        using var rows = sorter.Merge();
        return BlockCutter.CutBlocks(rows, job.Store, $"{folder}/{name}", new BlockPlan(sorter.Rows, sorter.EncodedBytes, job.Shards), features.Columns, $"{fingerprint} {name}", job.RowKey.Count > 0, n => Report("cut", n, n));
    }

    private RowSides Sides() => new(new RowIdHasher(_schema!, job.RowKey.Count > 0 ? job.RowKey : job.Features.Columns), _split, job.Filter);

    /// <summary>Goes to the first batch and takes its schema for all of them.</summary>
    private bool First(IEnumerator<ColumnBatch> batches)
    {
        if (!batches.MoveNext())
        {
            return false;
        }

        _schema = batches.Current.Schema;
        return true;
    }

    private static IEnumerable<ColumnBatch> From(IEnumerator<ColumnBatch> batches)
    {
        do
        {
            yield return batches.Current;
        }
        while (batches.MoveNext());
    }

    private void Check(ColumnBatch batch)
    {
        if (!ReferenceEquals(batch.Schema, _schema) && batch.Schema.ToString() != _schema!.ToString())
        {
            throw new DataException(DataFault.Input, $"[encode] the source changes its columns from {_schema} to {batch.Schema}; all parts must have the same; name the columns and cast them");
        }
    }

    private void CheckBadRows()
    {
        if (job.OnBadRow.Kind == BadRowKind.Quarantine && _badRows > job.OnBadRow.Most)
        {
            _bad.Sort();
            throw new DataException(DataFault.BadRows, $"[encode] {_badRows} rows could not be encoded, at most {job.OnBadRow.Most} may be; {Examples()}; correct them, or raise the limit of onBadRow");
        }
    }

    private void CheckLedger(RowLedger ledger)
    {
        if (!ledger.Balances)
        {
            throw new InvalidOperationException($"[encode] the ledger does not balance: {ledger}");
        }

        if (ledger.Read == 0)
        {
            throw Empty();
        }

        if (ledger.Trained == 0)
        {
            throw new DataException(DataFault.Empty, $"[encode] no row is left to train on: of {ledger.Read} rows {ledger.Filtered} were filtered, {ledger.HeldOut} held out, {ledger.Dropped} dropped, {ledger.Quarantined} quarantined; {Examples()}");
        }
    }

    private void WriteQuarantine()
    {
        if (_bad.Count > 0)
        {
            _bad.Sort();
            WriteText(Encoder.QuarantineName, string.Concat(_bad.Select(b => b.ToJson() + "\n")));
        }
    }

    private void WriteText(string name, string text)
    {
        using var stream = job.Store.Create($"{folder}/{name}");
        stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
    }

    private void Report(string stage, long rows, long added)
    {
        job.Cancel.ThrowIfCancellationRequested();
        if (added > 0)
        {
            job.Progress?.Invoke(new EncodeProgress(stage, rows));
        }
    }

    private string Examples() => _bad.Count == 0 ? "check filter and split" : $"such as {string.Join("; ", _bad.Take(BadRowsToShow))}";

    private DataException Empty() => new(DataFault.Empty, job.FilteredBySource?.Invoke() is { } filtered and > 0
        ? $"[encode] no row is left to train on: the filter leaves out all {filtered} rows of the source; at least one must remain; correct the filter"
        : "[encode] the source has no rows; at least one is needed; check its path and filter");
}
