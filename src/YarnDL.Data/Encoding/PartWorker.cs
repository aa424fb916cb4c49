using YarnDL.Data.Features;
using YarnDL.Data.Rows;
using YarnDL.Tensors;

namespace YarnDL.Data.Encoding;

/// <summary>Stages 1 and 2 on some of the rows, on all threads of a pool: in the driver, and in every worker. One caller at a time.</summary>
/// <param name="setup">What the job says.</param>
/// <param name="pool">Threads; null = the calling one.</param>
public sealed class PartWorker(EncodingSetup setup, ComputePool? pool) : IDisposable
{
    private readonly PartEncoder?[] _encoders = new PartEncoder?[pool?.Threads ?? 1];
    private FittedFeatures? _features;
    private Schema? _schema;

    public EncodingSetup Setup => setup;

    /// <summary>Stage 1 over batches of one schema, at least one of them.</summary>
    /// <param name="batches">Read on the calling thread.</param>
    /// <param name="schema">Of all batches.</param>
    /// <param name="report">Told the rows of each slice.</param>
    public FitPartial Fit(IEnumerable<ColumnBatch> batches, Schema schema, Action<long>? report = null, CancellationToken cancel = default)
    {
        var fits = new FitPartial[_encoders.Length];
        for (int t = 0; t < fits.Length; t++)
        {
            fits[t] = setup.NewFit(schema);
        }

        new BatchSlices<int>(pool, cancel).Run(batches, (t, b, from, to) =>
        {
            fits[t].Add(b, from, to);
            return to - from;
        }, n => report?.Invoke(n));
        for (int t = 1; t < fits.Length; t++)
        {
            fits[0].Merge(fits[t].Partial(), fits[t].Rows, fits[t].IdSum);
        }

        return fits[0];
    }

    /// <summary>Stage 2 over batches of one schema.</summary>
    /// <param name="take">Gets what the slices became, in their order, on the calling thread.</param>
    /// <exception cref="DataException">A bad row, where these end the job.</exception>
    public void Encode(FittedFeatures features, IEnumerable<ColumnBatch> batches, Schema schema, bool heldOutSource, Action<EncodedPart> take, CancellationToken cancel = default)
    {
        Bind(features, schema);
        new BatchSlices<EncodedPart>(pool, cancel).Run(batches, (t, b, from, to) => _encoders[t]!.Encode(b, from, to, heldOutSource), take);
    }

    public void Dispose()
    {
        for (int t = 0; t < _encoders.Length; t++)
        {
            _encoders[t]?.Dispose();
            _encoders[t] = null;
        }
    }

    private void Bind(FittedFeatures features, Schema schema)
    {
        if (ReferenceEquals(_features, features) && _schema is not null && schema.SameAs(_schema))
        {
            return;
        }

        Dispose();
        for (int t = 0; t < _encoders.Length; t++)
        {
            _encoders[t] = setup.NewEncoder(features, schema);
        }

        (_features, _schema) = (features, schema);
    }
}
