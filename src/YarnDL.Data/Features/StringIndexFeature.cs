using System.Buffers.Binary;
using System.Text.Json.Nodes;
using YarnDL.Data.Encoding;
using YarnDL.Data.Rows;
using YarnDL.Tensors;

namespace YarnDL.Data.Features;

/// <summary>
/// A text or integer column: int64 (scalar), the value's number in the vocabulary of the training rows, by falling frequency, then UTF-8 bytes (or in another order).
/// A value that is not in it is a bad value, or gets the number after the last one.
/// </summary>
/// <param name="name">Of the encoded column.</param>
/// <param name="column">A text or integer column.</param>
/// <param name="unknownIsIndex">True when null and unknown values get the number after the last one.</param>
/// <param name="most">The vocabulary keeps the first so many values.</param>
/// <param name="minCount">Rarer values are not in the vocabulary.</param>
/// <param name="order">frequencyDesc, frequencyAsc, alphabetAsc or alphabetDesc; alphabetical is by UTF-8 bytes, and so are equal counts, rising.</param>
public sealed class StringIndexFeature(string name, string column, bool unknownIsIndex, int most = int.MaxValue, long minCount = 1, string order = "frequencyDesc") : CategoryFeature(name)
{
    internal const string TypeName = "stringIndex";

    public override IReadOnlyList<string> Columns { get; } = [column];

    /// <summary>True when null and unknown values get the number after the last one.</summary>
    public bool UnknownIsIndex { get; } = unknownIsIndex;

    public override FeatureSpec Spec
    {
        get
        {
            var options = new JsonObject { ["name"] = Name, ["column"] = column, ["unknown"] = UnknownIsIndex ? "index" : "error" };
            if (most != int.MaxValue)
            {
                options["most"] = most;
            }

            if (minCount != 1)
            {
                options["minCount"] = minCount;
            }

            if (order != VocabularyRule.OrderNames[0])
            {
                options["order"] = order;
            }

            return new FeatureSpec(TypeName, options);
        }
    }

    /// <summary>The same, with one number for all values that the training rows do not hold.</summary>
    public StringIndexFeature IndexUnknown() => new(Name, column, true, most, minCount, order);

    internal static StringIndexFeature Read(FeatureOptions o)
    {
        string column = o.Text("column");
        var feature = new StringIndexFeature(o.TextOr("name", column)!, column, o.OneOf("unknown", "error", "index") == "index", (int)(o.Integer("most", 1, int.MaxValue) ?? int.MaxValue),
            o.Integer("minCount", 1, long.MaxValue) ?? 1, o.OneOf("order", VocabularyRule.OrderNames) ?? VocabularyRule.OrderNames[0]);
        o.Done();
        return feature;
    }

    public override FeatureFit? NewFit(Schema schema) => new VocabularyFit(TypeName, Words.Require(schema, column, TypeName), new VocabularyRule { Order = VocabularyRule.OrderOf(order), Most = most, MinCount = minCount });

    public override long CountOf(JsonNode? fitted) => Words.Numbered(fitted, TypeName).Count + (UnknownIsIndex ? 1 : 0);

    public override FeatureEncoder Bind(Schema schema, JsonNode? fitted) =>
        new Encoder(this, Words.Require(schema, column, TypeName), Words.Numbered(fitted, TypeName));

    private sealed class Encoder(StringIndexFeature feature, int position, Dictionary<string, long> numbers) : FeatureEncoder
    {
        public override BadValue? Encode(ColumnBatch batch, int row, Span<byte> into)
        {
            var values = batch.Columns[position];
            if (!Words.TryRead(values, row, out string word) || !numbers.TryGetValue(word, out long number))
            {
                if (!feature.UnknownIsIndex)
                {
                    return new BadValue(feature.Columns[0], $"not one of the {numbers.Count} values of the training rows", RawText.Of(values, row));
                }

                number = numbers.Count;
            }

            BinaryPrimitives.WriteInt64LittleEndian(into, number);
            return null;
        }
    }
}
