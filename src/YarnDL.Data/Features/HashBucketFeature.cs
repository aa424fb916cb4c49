using System.Buffers.Binary;
using System.Text.Json.Nodes;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Features;

/// <summary>A text or integer column by a hash of its UTF-8 bytes: int64 (scalar), 0 to buckets - 1. Null counts as the empty text; nothing has to be fitted.</summary>
public sealed class HashBucketFeature(string name, string column, long buckets, string hash = "murmur3") : CategoryFeature(name)
{
    internal const string TypeName = "hashBucket";

    public override IReadOnlyList<string> Columns { get; } = [column];

    public override FeatureSpec Spec => new(TypeName, new JsonObject { ["name"] = Name, ["column"] = column, ["buckets"] = buckets, ["hash"] = hash });

    internal static HashBucketFeature Read(FeatureOptions o)
    {
        string column = o.Text("column");
        var feature = new HashBucketFeature(o.TextOr("name", column)!, column, o.Integer("buckets", 1, int.MaxValue) ?? throw o.Wrong("buckets", null, "a number of buckets"), o.OneOf("hash", TextHash.Names) ?? TextHash.Names[0]);
        o.Done();
        return feature;
    }

    public override long CountOf(JsonNode? fitted) => buckets;

    public override FeatureEncoder Bind(Schema schema, JsonNode? fitted) => new Encoder(column, Words.Require(schema, column, TypeName), buckets, hash);

    private sealed class Encoder(string column, int position, long buckets, string hash) : FeatureEncoder
    {
        public override BadValue? Encode(ColumnBatch batch, int row, Span<byte> into)
        {
            var values = batch.Columns[position];
            if (!Words.TryRead(values, row, out string word) && !values.IsNull(row))
            {
                return new BadValue(column, "not text in UTF-8", RawText.Of(values, row));
            }

            BinaryPrimitives.WriteInt64LittleEndian(into, TextHash.Bucket(hash, System.Text.Encoding.UTF8.GetBytes(word), buckets));
            return null;
        }
    }
}
