using System.Buffers.Binary;
using System.Text.Json.Nodes;
using YarnDL.Data.Encoding;
using YarnDL.Data.Rows;
using YarnDL.Tensors;

namespace YarnDL.Data.Features;

/// <summary>
/// A class: int64 (scalar). Integers are taken as they are and must lie in 0 .. classes-1; texts get their place among <see cref="Values"/>, or among the
/// training rows' texts sorted by UTF-8 bytes.
/// </summary>
/// <param name="classes">How many classes there are; null = as many as the training rows have (greatest integer + 1, or distinct texts).</param>
/// <param name="values">The classes' names in order; null = integers, or texts of the training rows.</param>
public sealed class LabelIndexFeature(string name, string column, long? classes, IReadOnlyList<string>? values) : Feature(name)
{
    internal const string TypeName = "labelIndex";

    public override IReadOnlyList<string> Columns { get; } = [column];

    public override bool IsLabel => true;

    /// <summary>How many classes the options declare; null = see <see cref="ClassesOf"/>.</summary>
    public long? Classes { get; } = values?.Count ?? classes;

    /// <summary>Declared names of the classes.</summary>
    public IReadOnlyList<string>? Values { get; } = values is null ? null : [.. values];

    public override FeatureSpec Spec
    {
        get
        {
            var options = new JsonObject { ["name"] = Name, ["column"] = column };
            if (Values is not null)
            {
                options["values"] = new JsonArray([.. Values.Select(v => JsonValue.Create(v))]);
            }
            else if (Classes is { } n)
            {
                options["classes"] = n;
            }

            return new FeatureSpec(TypeName, options);
        }
    }

    /// <summary>The same with a declared number of classes.</summary>
    public LabelIndexFeature Of(long classCount) => new(Name, column, classCount, null);

    internal static LabelIndexFeature Read(FeatureOptions o)
    {
        string column = o.Text("column");
        var feature = new LabelIndexFeature(o.TextOr("name", column)!, column, o.Integer("classes", 1, int.MaxValue), o.Texts("values"));
        o.Done();
        if (feature.Values is { } values && values.Distinct(StringComparer.Ordinal).Count() != values.Count)
        {
            throw new DataException(DataFault.Job, "[labelIndex] option 'values' names a class twice; each class needs its own name");
        }

        return feature;
    }

    /// <summary>Number of classes, declared or fitted.</summary>
    public long ClassesOf(JsonNode? fitted) => Classes ?? (fitted?["values"] is JsonArray a ? a.Count : Fitted(fitted));

    /// <summary>Names of the classes, declared or fitted; null when the labels are integers.</summary>
    public IReadOnlyList<string>? NamesOf(JsonNode? fitted) => Values ?? (fitted?["values"] is null ? null : [.. Words.Numbered(fitted, TypeName).Keys]);

    public override FeatureFit? NewFit(Schema schema)
    {
        int position = Words.Require(schema, column, TypeName);
        return IsText(schema, position)
            ? Values is null ? new VocabularyFit(TypeName, position, new VocabularyRule { Order = VocabularyOrder.Bytes }) : null
            : Classes is null ? new GreatestFit(this, position) : null;
    }

    public override EncodedColumn Encoded(JsonNode? fitted) => new(Name, DType.Int64, Shape.Scalar);

    public override FeatureEncoder Bind(Schema schema, JsonNode? fitted)
    {
        int position = Words.Require(schema, column, TypeName);
        if (!IsText(schema, position))
        {
            return new Encoder(this, position, ClassesOf(fitted), null);
        }

        var names = Values is null ? fitted : new JsonObject { ["values"] = new JsonArray([.. Values.Select(v => JsonValue.Create(v))]) };
        var numbers = Words.Numbered(names, TypeName);
        if (Classes is { } declared && declared < numbers.Count)
        {
            throw new DataException(DataFault.Input, $"[labelIndex] column '{column}' has {numbers.Count} different labels in the training rows, classes is {declared}; raise classes or correct the labels");
        }

        return new Encoder(this, position, numbers.Count, numbers);
    }

    private bool IsText(Schema schema, int position) => schema.Fields[position].Type == ColumnType.Text || Values is not null;

    private long Fitted(JsonNode? fitted) => fitted?["classes"]?.ToJsonString() is { } text && long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long n)
        ? n
        : throw new DataException(DataFault.Input, $"[labelIndex] the number of classes of '{Name}' is neither declared nor fitted; set classes or fit again");

    private sealed class Encoder(LabelIndexFeature feature, int position, long classes, Dictionary<string, long>? numbers) : FeatureEncoder
    {
        public override BadValue? Encode(ColumnBatch batch, int row, Span<byte> into)
        {
            var values = batch.Columns[position];
            long number;
            if (values.IsNull(row))
            {
                return new BadValue(feature.Columns[0], "null where a label is needed", null);
            }

            if (numbers is not null)
            {
                if (!Words.TryRead(values, row, out string word) || !numbers.TryGetValue(word, out number))
                {
                    return new BadValue(feature.Columns[0], $"label '{RawText.Of(values, row)}' is not one of the {numbers.Count} classes", RawText.Of(values, row));
                }
            }
            else
            {
                if (!NumericReader.TryInteger(values, row, out Int128 value) || value < 0 || value >= classes)
                {
                    return new BadValue(feature.Columns[0], $"label {RawText.Of(values, row)} is not in 0..{classes - 1}", RawText.Of(values, row));
                }

                number = (long)value;
            }

            BinaryPrimitives.WriteInt64LittleEndian(into, number);
            return null;
        }
    }

    /// <summary>The greatest integer label.</summary>
    private sealed class GreatestFit(LabelIndexFeature feature, int position) : FeatureFit
    {
        private long _greatest = -1;

        public override void Add(ColumnBatch batch, int row)
        {
            var values = batch.Columns[position];
            if (!values.IsNull(row) && NumericReader.TryInteger(values, row, out Int128 value) && value >= 0 && value < int.MaxValue)
            {
                _greatest = Math.Max(_greatest, (long)value);
            }
        }

        public override JsonNode Partial() => JsonValue.Create(_greatest);

        public override void Merge(JsonNode partial) => _greatest = Math.Max(_greatest, partial.GetValueKind() == System.Text.Json.JsonValueKind.Number ? partial.GetValue<long>()
            : throw new DataException(DataFault.Input, $"[labelIndex] the partial fit of feature '{feature.Name}' is malformed"));

        public override JsonNode Finish() => _greatest >= 0
            ? new JsonObject { ["classes"] = _greatest + 1 }
            : throw new DataException(DataFault.Input, $"[labelIndex] column '{feature.Columns[0]}' has no label of 0 or more in any training row");
    }
}
