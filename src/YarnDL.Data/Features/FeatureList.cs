using System.Collections.Immutable;
using YarnDL.Data.Encoding;
using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;
using YarnDL.Data.Series;
using YarnDL.Tensors;

namespace YarnDL.Data.Features;

/// <summary>
/// The features of a job. It is cut at random features: what does not depend on chance is encoded once (<see cref="Encoded"/>); the rest runs per epoch
/// (<see cref="PerEpoch"/>) on its columns, which are kept as raw bytes (<see cref="RawColumns"/>).
/// </summary>
public sealed class FeatureList
{
    /// <exception cref="DataException">No feature, or two of one name.</exception>
    public FeatureList(params IReadOnlyList<Feature> features)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var f in features)
        {
            if (!names.Add(f.Name))
            {
                throw new DataException(DataFault.Job, $"[features] two features are named '{f.Name}'; give one of them another name");
            }
        }

        if (features.Count == 0)
        {
            throw new DataException(DataFault.Job, "[features] there is no feature; name at least one");
        }

        All = [.. features];
        Encoded = [.. features.Where(f => !f.IsRandom)];
        PerEpoch = [.. features.Where(f => f.IsRandom)];
        Columns = Distinct(All);
        RawColumns = Distinct(PerEpoch);
    }

    public ImmutableArray<Feature> All { get; }

    /// <summary>How windows are cut when the rows are windows over a series; null when they are the source's rows.</summary>
    public SeriesOptions? Series { get; init; }

    /// <summary>The lake as these features read it: windows where there is a series.</summary>
    public ILake Over(ILake lake) => Series is null ? lake : new SeriesLake(lake, Series);

    /// <summary>Features that are encoded once.</summary>
    public ImmutableArray<Feature> Encoded { get; }

    /// <summary>Features that run per epoch.</summary>
    public ImmutableArray<Feature> PerEpoch { get; }

    /// <summary>The columns that the features read, each spelling once, in order of first use.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>The columns that per-epoch features read.</summary>
    public ImmutableArray<string> RawColumns { get; }

    /// <summary>Some of the features, for rows whose labels are not known yet: windows reach to the last row.</summary>
    public FeatureList Where(Func<Feature, bool> keep) => new([.. All.Where(keep)]) { Series = Series is null ? null : Series with { Horizon = 0, Delay = 0 } };

    /// <summary>The encoded column of a raw column: bytes of varying length.</summary>
    internal static EncodedColumn RawColumn(string name) => new($"{name} (raw)", DType.UInt8, null);

    /// <summary>Position of a raw column, which must hold text or binary.</summary>
    internal static int RequireRaw(Schema schema, string column)
    {
        int i = schema.IndexOf(column);
        return schema.Fields[i].Type is ColumnType.Text or ColumnType.Binary
            ? i
            : throw new DataException(DataFault.Input, $"[features] column '{column}' is {NumericReader.TypeName(schema.Fields[i])}; a feature that runs per epoch reads text or binary");
    }

    private static ImmutableArray<string> Distinct(ImmutableArray<Feature> features)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var columns = ImmutableArray.CreateBuilder<string>();
        foreach (var f in features)
        {
            foreach (string c in f.Columns)
            {
                if (seen.Add(c))
                {
                    columns.Add(c);
                }
            }
        }

        return columns.ToImmutable();
    }
}
