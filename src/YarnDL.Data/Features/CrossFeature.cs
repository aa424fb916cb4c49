using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json.Nodes;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Features;

/// <summary>
/// Several categories as one: int64 (scalar). Without buckets each combination has its own number, the last part fastest. With buckets the parts' texts (a column's
/// value, null as the empty text; the number of any other part) are joined by "_X_" and hashed.
/// </summary>
public sealed class CrossFeature : CategoryFeature
{
    internal const string TypeName = "cross";

    private const long MostCombinations = int.MaxValue;
    private const string Joint = "_X_";

    private readonly FeatureParts<CategoryFeature> _parts;
    private readonly long _buckets;
    private readonly string _hash;

    /// <param name="name">Of the encoded column.</param>
    /// <param name="parts">What is crossed, two or more.</param>
    /// <param name="buckets">0 = every combination has its own number.</param>
    /// <param name="hash">murmur3, fnv1a64 or fnv1a32.</param>
    /// <exception cref="DataException">Fewer than two parts.</exception>
    public CrossFeature(string name, IReadOnlyList<CategoryFeature> parts, long buckets = 0, string hash = "murmur3") : base(name)
    {
        if (parts.Count < 2)
        {
            throw new DataException(DataFault.Job, $"[cross] feature '{name}' has {parts.Count} parts; crossing takes two or more");
        }

        (_parts, _buckets, _hash) = (new(TypeName, parts), buckets, hash);
    }

    public override IReadOnlyList<string> Columns => _parts.Columns;

    public override FeatureSpec Spec
    {
        get
        {
            var options = new JsonObject { ["name"] = Name, ["parts"] = _parts.ToJson() };
            if (_buckets > 0)
            {
                options["buckets"] = _buckets;
                options["hash"] = _hash;
            }

            return new FeatureSpec(TypeName, options);
        }
    }

    internal static CrossFeature Read(FeatureOptions o)
    {
        long buckets = o.Integer("buckets", 1, int.MaxValue) ?? 0;
        var parts = o.Features<CategoryFeature>("parts", c => buckets > 0 ? new WordFeature(c) : new StringIndexFeature(c, c, true), "a column, or a feature of type stringIndex, bucket, hashBucket or cross,")
            ?? throw o.Wrong("parts", null, "a list of columns or features");
        var feature = new CrossFeature(o.TextOr("name", string.Join(Joint, parts.Select(p => p.Name)))!, parts, buckets, o.OneOf("hash", TextHash.Names) ?? TextHash.Names[0]);
        o.Done();
        return feature;
    }

    public override FeatureFit? NewFit(Schema schema) => _parts.NewFit(schema);

    public override long CountOf(JsonNode? fitted)
    {
        if (_buckets > 0)
        {
            return _buckets;
        }

        long count = 1;
        foreach (long c in Counts(fitted))
        {
            count = c <= MostCombinations / count ? count * c
                : throw new DataException(DataFault.Input, $"[cross] feature '{Name}' has more than {MostCombinations} combinations; hash them: set buckets");
        }

        return count;
    }

    public override FeatureEncoder Bind(Schema schema, JsonNode? fitted)
    {
        CountOf(fitted);
        return new Encoder(this, _parts.Bind(schema, fitted), _buckets > 0 ? [] : Counts(fitted));
    }

    private long[] Counts(JsonNode? fitted) => [.. _parts.All.Select((p, i) => p.CountOf(_parts.State(fitted, i)))];

    private sealed class Encoder(CrossFeature feature, FeatureEncoder[] parts, long[] counts) : FeatureEncoder
    {
        private readonly System.Text.StringBuilder _text = new();

        public override BadValue? Encode(ColumnBatch batch, int row, Span<byte> into)
        {
            long number = 0;
            _text.Clear();
            for (int i = 0; i < parts.Length; i++)
            {
                _text.Append(i == 0 ? "" : Joint);
                if (parts[i] is WordFeature.Reader reader)
                {
                    if (reader.Read(batch, row, out string word) is { } notText)
                    {
                        return notText;
                    }

                    _text.Append(word);
                    continue;
                }

                if (Number(parts[i], batch, row, out long part) is { } bad)
                {
                    return bad;
                }

                if (counts.Length > 0)
                {
                    number = (number * counts[i]) + part;
                }
                else
                {
                    _text.Append(CultureInfo.InvariantCulture, $"{part}");
                }
            }

            BinaryPrimitives.WriteInt64LittleEndian(into, counts.Length > 0 ? number : TextHash.Bucket(feature._hash, System.Text.Encoding.UTF8.GetBytes(_text.ToString()), feature._buckets));
            return null;
        }

        public override void Dispose()
        {
            foreach (var part in parts)
            {
                part.Dispose();
            }
        }
    }
}
