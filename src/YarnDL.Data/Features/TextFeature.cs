using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using YarnDL.Data.Encoding;
using YarnDL.Data.Rows;
using YarnDL.Tensors;

namespace YarnDL.Data.Features;

/// <summary>
/// A text as numbers of its tokens: int64 (length). Tokens (<see cref="Tokenizer"/>) are numbered by falling frequency in the training rows, then UTF-8 bytes; 0 fills up
/// short texts. Unknown tokens are 1 and the vocabulary begins at 2, or they are 0 or left out and it begins at 1. Null and bytes that are not UTF-8 are bad values.
/// </summary>
public sealed class TextFeature : Feature
{
    internal const string TypeName = "text";

    private static readonly string[] UnknownNames = ["index", "zero", "drop"];
    private static readonly string[] Ends = ["post", "pre"];

    private readonly string _column;

    /// <param name="name">Of the encoded column.</param>
    /// <param name="column">A text column.</param>
    /// <param name="length">Tokens per row.</param>
    /// <exception cref="DataException">Length below 1.</exception>
    public TextFeature(string name, string column, int length) : base(name)
    {
        (_column, Length) = (column, length >= 1 ? length : throw new DataException(DataFault.Job, $"[text] feature '{name}' has length {length}; 1 or more is needed"));
        Columns = [column];
    }

    public override IReadOnlyList<string> Columns { get; }

    /// <summary>Tokens per row.</summary>
    public int Length { get; }

    /// <summary>How a text is cut: one of <see cref="Tokenizer.Splits"/>.</summary>
    public string Split { get; init; } = Tokenizer.Splits[0];

    /// <summary>Lower case first.</summary>
    public bool Lower { get; init; } = true;

    /// <summary>Tokens of digits are told apart by their length only.</summary>
    public bool NumbersAsLength { get; init; }

    /// <summary>Rarer tokens are unknown.</summary>
    public long MinCount { get; init; } = 1;

    /// <summary>So many tokens at most, the most frequent.</summary>
    public int Most { get; init; } = int.MaxValue;

    /// <summary>So many of the most frequent tokens are unknown.</summary>
    public int SkipFirst { get; init; }

    /// <summary>Unknown tokens: index (1), zero (0) or drop.</summary>
    public string Unknown { get; init; } = UnknownNames[0];

    /// <summary>Long texts lose their end (post) or their beginning (pre).</summary>
    public string Truncate { get; init; } = Ends[0];

    /// <summary>Zeros come after (post) or before (pre) a short text.</summary>
    public string Pad { get; init; } = Ends[0];

    public override FeatureSpec Spec
    {
        get
        {
            var options = new JsonObject
            {
                ["name"] = Name,
                ["column"] = _column,
                ["length"] = Length,
                ["split"] = Split,
                ["lower"] = Lower,
                ["numbers"] = NumbersAsLength ? "length" : "keep",
                ["minCount"] = MinCount,
                ["skipFirst"] = SkipFirst,
                ["unknown"] = Unknown,
                ["truncate"] = Truncate,
                ["pad"] = Pad,
            };
            if (Most != int.MaxValue)
            {
                options["most"] = Most;
            }

            return new FeatureSpec(TypeName, options);
        }
    }

    private long FirstWord => Unknown == UnknownNames[0] ? 2 : 1;

    internal static TextFeature Read(FeatureOptions o)
    {
        string column = o.Text("column");
        var feature = new TextFeature(o.TextOr("name", column)!, column, (int)(o.Integer("length", 1, 1 << 20) ?? throw o.Wrong("length", null, "the number of tokens per row")))
        {
            Split = o.OneOf("split", [.. Tokenizer.Splits]) ?? Tokenizer.Splits[0],
            Lower = o.Flag("lower") ?? true,
            NumbersAsLength = o.OneOf("numbers", "keep", "length") == "length",
            MinCount = o.Integer("minCount", 1, long.MaxValue) ?? 1,
            Most = (int)(o.Integer("most", 1, int.MaxValue) ?? int.MaxValue),
            SkipFirst = (int)(o.Integer("skipFirst", 0, int.MaxValue) ?? 0),
            Unknown = o.OneOf("unknown", UnknownNames) ?? UnknownNames[0],
            Truncate = o.OneOf("truncate", Ends) ?? Ends[0],
            Pad = o.OneOf("pad", Ends) ?? Ends[0],
        };
        o.Done();
        return feature;
    }

    public override FeatureFit? NewFit(Schema schema) =>
        new TokenFit(TypeName, Position(schema), new VocabularyRule { Most = Most, MinCount = MinCount, SkipFirst = SkipFirst }, NewTokenizer());

    /// <summary>How many numbers there are, padding and unknown tokens included: the rows of an embedding.</summary>
    public long CountOf(JsonNode? fitted) => FirstWord + Words.Numbered(fitted, TypeName).Count;

    public override long? EntriesOf(JsonNode? fitted) => CountOf(fitted);

    public override EncodedColumn Encoded(JsonNode? fitted) => new(Name, DType.Int64, new Shape(Length));

    public override FeatureEncoder Bind(Schema schema, JsonNode? fitted) => new Encoder(this, Position(schema), Words.Numbered(fitted, TypeName));

    private Tokenizer NewTokenizer() => new(Split, Lower, NumbersAsLength);

    private int Position(Schema schema)
    {
        int i = schema.IndexOf(_column);
        return schema.Fields[i].Type == ColumnType.Text ? i
            : throw new DataException(DataFault.Input, $"[text] column '{_column}' is {NumericReader.TypeName(schema.Fields[i])}; text is needed; cast it, or use stringIndex");
    }

    private sealed class Encoder(TextFeature feature, int position, Dictionary<string, long> numbers) : FeatureEncoder
    {
        private readonly List<long> _numbers = [];
        private readonly Tokenizer _tokenizer = feature.NewTokenizer();

        public override BadValue? Encode(ColumnBatch batch, int row, Span<byte> into)
        {
            if (!Words.TryRead(batch.Columns[position], row, out string text))
            {
                return new BadValue(feature._column, batch.Columns[position].IsNull(row) ? "null where text is needed" : "not text in UTF-8", RawText.Of(batch.Columns[position], row));
            }

            _numbers.Clear();
            foreach (string token in _tokenizer.Tokens(text))
            {
                if (numbers.TryGetValue(token, out long number))
                {
                    _numbers.Add(feature.FirstWord + number);
                }
                else if (feature.Unknown != "drop")
                {
                    _numbers.Add(feature.FirstWord - 1);
                }
            }

            var values = MemoryMarshal.Cast<byte, long>(into);
            values.Clear();
            int kept = Math.Min(_numbers.Count, values.Length);
            var from = CollectionsMarshal.AsSpan(_numbers).Slice(feature.Truncate == "pre" ? _numbers.Count - kept : 0, kept);
            from.CopyTo(feature.Pad == "pre" ? values[^kept..] : values);
            return null;
        }
    }
}
