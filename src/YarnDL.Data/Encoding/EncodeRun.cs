using YarnDL.Data.Blocks;
using YarnDL.Data.Features;

namespace YarnDL.Data.Encoding;

/// <summary>The four stages of one <see cref="EncodeJob"/>.</summary>
internal sealed class EncodeRun(EncodeJob job, string folder, string fingerprint)
{
    private const int BadRowsToShow = 3;

    private readonly List<BadRow> _bad = [];
    private readonly EncodingSetup _setup = new()
    {
        Features = job.Features,
        RowKey = job.RowKey,
        KeyColumns = job.KeyColumns,
        HeldOutFraction = job.HeldOutFraction,
        OnBadRow = job.OnBadRow,
        Filter = job.Filter,
    };

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
        // Code that filters rows is only here.
        using var stages = job.Filter is null && job.Stages is { } elsewhere ? elsewhere(job, folder) : new LocalStages(job, folder);
        var (features, fitRows, fitSum) = Fit(stages);
        var (rows, sum) = Encode(stages, features, false);
        if (fitRows >= 0 && (fitRows != rows || fitSum != sum))
        {
            throw new DataException(DataFault.Input, $"[encode] the source gave {fitRows} rows at the first reading and {rows} other rows at the second; both must give the same; write the query's result to a table first, or give it a total order");
        }

        if (job.HeldOutRows is not null)
        {
            Encode(stages, features, true);
        }

        long filteredBySource = job.FilteredBySource?.Invoke() ?? 0;
        var ledger = new RowLedger(
            _read + filteredBySource,
            stages.Kept(heldOut: false).Rows,
            stages.Kept(heldOut: true).Rows,
            _filtered + filteredBySource,
            job.OnBadRow.Kind == BadRowKind.Drop ? _badRows : 0,
            job.OnBadRow.Kind == BadRowKind.Drop ? 0 : _badRows);
        CheckLedger(ledger);
        WriteText(Encoder.FeaturesName, features.ToJson());
        WriteQuarantine();
        string hash = Cut(stages, false, features, Encoder.TrainedName);
        string heldOutHash = Cut(stages, true, features, Encoder.HeldOutName);
        job.Store.Delete($"{folder}/sort-trained");
        job.Store.Delete($"{folder}/sort-heldout");
        var manifest = new StagingManifest(fingerprint, ledger, hash, heldOutHash);
        manifest.Write(job.Store, folder);
        return (features, manifest);
    }

    private (FittedFeatures Features, long Rows, UInt128 IdSum) Fit(IEncodingStages stages)
    {
        if (job.Fitted is { } given)
        {
            CheckFitted(given.List);
            return (given, -1, 0);
        }

        long done = 0;
        var fit = stages.Fit(_setup, n => Report("fit", done += n, n)) ?? throw Empty();
        return fit.IsEmpty ? (fit.Finish(), -1, 0) : (fit.Finish(), fit.Rows, fit.IdSum);
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

    private (long Rows, UInt128 IdSum) Encode(IEncodingStages stages, FittedFeatures features, bool heldOutSource)
    {
        long rows = 0;
        UInt128 sum = 0;
        bool any = stages.Encode(_setup, features, heldOutSource, part =>
        {
            rows += part.Read - part.Filtered;
            sum = unchecked(sum + part.IdSum);
            _read += part.Read;
            _filtered += part.Filtered;
            _badRows += part.BadRows;
            _bad.AddRange(part.Bad);
            CheckBadRows();
            Report("encode", _read, part.Read);
        });
        return any || heldOutSource ? (rows, sum) : throw Empty();
    }

    private string Cut(IEncodingStages stages, bool heldOut, FittedFeatures features, string name)
    {
        var (rows, bytes) = stages.Kept(heldOut);
        var cut = new CutJob(job.Store, $"{folder}/{name}", new BlockPlan(rows, bytes, job.Shards), features.Columns, $"{fingerprint} {name}", job.RowKey.Count > 0);
        return stages.Cut(heldOut, cut, n => Report("cut", n, n));
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
