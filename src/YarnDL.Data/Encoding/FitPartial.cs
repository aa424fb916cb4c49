using System.Text.Json.Nodes;
using YarnDL.Data.Features;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Encoding;

/// <summary>
/// Stage 1 over some of the rows: what the features must know of the training rows (after filter and split; bad values are skipped). Partials merge to the
/// same result for any order and partitioning. Not thread-safe.
/// </summary>
public sealed class FitPartial
{
    private readonly FeatureList _features;
    private readonly RowSides _sides;
    private readonly FeatureFit?[] _fits;

    /// <exception cref="DataException">A column is missing or has a type its feature cannot read.</exception>
    public FitPartial(FeatureList features, Schema schema, RowSides sides)
    {
        _features = features;
        _sides = sides;
        _fits = new FeatureFit?[features.All.Length];
        for (int i = 0; i < _fits.Length; i++)
        {
            _fits[i] = features.All[i].NewFit(schema);
        }
    }

    /// <summary>True when no feature needs this stage.</summary>
    public bool IsEmpty => Array.TrueForAll(_fits, f => f is null);

    /// <summary>Rows that passed the filter.</summary>
    public long Rows { get; private set; }

    /// <summary>Sum of their ids modulo 2^128.</summary>
    public UInt128 IdSum { get; private set; }

    /// <summary>Counts rows from .. to-1 of a batch in.</summary>
    public void Add(ColumnBatch batch, int from, int to)
    {
        for (int row = from; row < to; row++)
        {
            var side = _sides.Of(batch, row, heldOutSource: false, out var id);
            if (side == RowSide.Filtered)
            {
                continue;
            }

            Rows++;
            IdSum = unchecked(IdSum + new UInt128(id.High, id.Low));
            if (side == RowSide.Trained)
            {
                foreach (var fit in _fits)
                {
                    fit?.Add(batch, row);
                }
            }
        }
    }

    /// <summary>The aggregates, to be sent to where they are merged.</summary>
    public JsonArray Partial()
    {
        var all = new JsonArray();
        foreach (var fit in _fits)
        {
            all.Add(fit?.Partial());
        }

        return all;
    }

    /// <summary>Adds what another instance gathered.</summary>
    /// <exception cref="DataException">A partial is malformed.</exception>
    public void Merge(JsonArray partial, long rows, UInt128 idSum)
    {
        for (int i = 0; i < _fits.Length; i++)
        {
            if (_fits[i] is { } fit)
            {
                Merge(fit, _features.All[i], partial, i);
            }
        }

        Rows += rows;
        IdSum = unchecked(IdSum + idSum);
    }

    private static void Merge(FeatureFit fit, Feature feature, JsonArray partials, int at)
    {
        try
        {
            fit.Merge(partials[at]!);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or NullReferenceException or ArgumentException)
        {
            throw new DataException(DataFault.Input, $"[{feature.Spec.Type}] the partial fit of feature '{feature.Name}' is malformed: {e.Message}", e);
        }
    }

    /// <summary>The fitted features.</summary>
    /// <exception cref="DataException">The rows allow no result.</exception>
    public FittedFeatures Finish()
    {
        var fitted = new JsonNode?[_fits.Length];
        for (int i = 0; i < fitted.Length; i++)
        {
            fitted[i] = _fits[i]?.Finish();
        }

        return new FittedFeatures(_features, fitted);
    }
}
