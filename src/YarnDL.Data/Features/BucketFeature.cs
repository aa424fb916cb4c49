using System.Buffers.Binary;
using System.Text.Json.Nodes;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Features;

/// <summary>
/// A number by the interval it lies in: int64 (scalar), how many boundaries are at or below it. Boundaries are given, or the quantiles 1/n .. (n-1)/n of the training
/// rows (the smallest value whose rank is at least that share; equal ones are one). Null and NaN are bad values, or get the number after the last interval.
/// </summary>
public sealed class BucketFeature : CategoryFeature
{
    internal const string TypeName = "bucket";

    private readonly string _column;
    private readonly bool _unknownIsIndex;
    private readonly double[]? _boundaries;
    private readonly int _quantiles;

    /// <param name="name">Of the encoded column.</param>
    /// <param name="column">A numeric column.</param>
    /// <param name="boundaries">Rising; null = quantiles.</param>
    /// <param name="quantiles">Number of intervals when there are no boundaries.</param>
    /// <param name="unknownIsIndex">True gives null and NaN a number of their own.</param>
    /// <exception cref="DataException">Neither or both of boundaries and quantiles, or boundaries that do not rise.</exception>
    public BucketFeature(string name, string column, IReadOnlyList<double>? boundaries, int quantiles = 0, bool unknownIsIndex = false) : base(name)
    {
        if (boundaries is null == quantiles < 2 || boundaries is { Count: 0 })
        {
            throw new DataException(DataFault.Job, $"[bucket] feature '{name}' needs either boundaries (one or more numbers) or quantiles (2 or more)");
        }

        for (int i = 1; i < boundaries?.Count; i++)
        {
            if (!(boundaries[i] > boundaries[i - 1]))
            {
                throw new DataException(DataFault.Job, FormattableString.Invariant($"[bucket] feature '{name}' has boundary {boundaries[i]} after {boundaries[i - 1]}; boundaries must rise"));
            }
        }

        (_column, _boundaries, _quantiles, _unknownIsIndex) = (column, boundaries is null ? null : [.. boundaries], quantiles, unknownIsIndex);
        Columns = [column];
    }

    public override IReadOnlyList<string> Columns { get; }

    public override FeatureSpec Spec
    {
        get
        {
            var options = new JsonObject { ["name"] = Name, ["column"] = _column, ["unknown"] = _unknownIsIndex ? "index" : "error" };
            if (_boundaries is not null)
            {
                options["boundaries"] = new JsonArray([.. _boundaries.Select(b => JsonValue.Create(b))]);
            }
            else
            {
                options["quantiles"] = _quantiles;
            }

            return new FeatureSpec(TypeName, options);
        }
    }

    internal static BucketFeature Read(FeatureOptions o)
    {
        string column = o.Text("column");
        var feature = new BucketFeature(o.TextOr("name", column)!, column, o.Numbers("boundaries"), (int)(o.Integer("quantiles", 2, 1_000_000) ?? 0), o.OneOf("unknown", "error", "index") == "index");
        o.Done();
        return feature;
    }

    public override long CountOf(JsonNode? fitted) => Boundaries(fitted).Length + 1 + (_unknownIsIndex ? 1 : 0);

    /// <summary>The boundaries, declared or fitted.</summary>
    public double[] Boundaries(JsonNode? fitted) => _boundaries ?? (fitted is JsonObject o
        && new FeatureOptions(new FeatureSpec($"{TypeName} '{Name}', fitted", o)).Numbers("boundaries") is { } all ? [.. all]
        : throw new DataException(DataFault.Input, $"[bucket] feature '{Name}' has no fitted boundaries; fit it again"));

    public override FeatureFit? NewFit(Schema schema)
    {
        int position = NumericReader.Require(schema, _column, TypeName);
        return _boundaries is null ? new Fit(this, position) : null;
    }

    public override FeatureEncoder Bind(Schema schema, JsonNode? fitted) => new Encoder(this, NumericReader.Require(schema, _column, TypeName), Boundaries(fitted));

    private static double Value(Column column, int row) => column.IsNull(row) ? double.NaN : NumericReader.Double(column, row);

    private sealed class Encoder(BucketFeature feature, int position, double[] boundaries) : FeatureEncoder
    {
        public override BadValue? Encode(ColumnBatch batch, int row, Span<byte> into)
        {
            double x = Value(batch.Columns[position], row);
            if (double.IsNaN(x) && !feature._unknownIsIndex)
            {
                return new BadValue(feature._column, batch.Columns[position].IsNull(row) ? "null where a number is needed" : "not a number", RawText.Of(batch.Columns[position], row));
            }

            int at = Array.BinarySearch(boundaries, x);
            BinaryPrimitives.WriteInt64LittleEndian(into, double.IsNaN(x) ? boundaries.Length + 1 : at < 0 ? ~at : at + 1);
            return null;
        }
    }

    private sealed class Fit(BucketFeature feature, int position) : FeatureFit
    {
        private readonly ValueCounts _values = new();

        public override void Add(ColumnBatch batch, int row)
        {
            double x = Value(batch.Columns[position], row);
            if (double.IsFinite(x))
            {
                _values.Add(x);
            }
        }

        public override JsonNode Partial() => _values.Partial();

        public override void Merge(JsonNode partial) => _values.Merge(partial);

        public override JsonNode Finish()
        {
            if (_values.Count == 0)
            {
                throw new DataException(DataFault.Input, $"[bucket] column '{feature._column}' has no number in any training row; quantiles need at least one; give boundaries");
            }

            double[] shares = [.. Enumerable.Range(1, feature._quantiles - 1).Select(i => (double)i / feature._quantiles)];
            return new JsonObject { ["boundaries"] = new JsonArray([.. _values.Quantiles(shares).Distinct().Select(b => JsonValue.Create(b))]) };
        }
    }
}
