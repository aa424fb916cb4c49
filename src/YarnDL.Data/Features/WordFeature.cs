using System.Text.Json.Nodes;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Features;

/// <summary>A column's own text as a part of a hashed <see cref="CrossFeature"/>, written as the plain name of the column.</summary>
internal sealed class WordFeature(string column) : CategoryFeature(column)
{
    public override IReadOnlyList<string> Columns { get; } = [column];

    public override FeatureSpec Spec => throw new InvalidOperationException("[cross] a column within a cross is written as its name");

    public override long CountOf(JsonNode? fitted) => long.MaxValue;

    public override FeatureEncoder Bind(Schema schema, JsonNode? fitted) => new Reader(Name, Words.Require(schema, Name, CrossFeature.TypeName));

    internal sealed class Reader(string column, int position) : FeatureEncoder
    {
        /// <summary>The text of a row; empty for null.</summary>
        public BadValue? Read(ColumnBatch batch, int row, out string word) =>
            Words.TryRead(batch.Columns[position], row, out word) || batch.Columns[position].IsNull(row) ? null : new BadValue(column, "not text in UTF-8", RawText.Of(batch.Columns[position], row));

        public override BadValue? Encode(ColumnBatch batch, int row, Span<byte> into) => throw new InvalidOperationException("[cross] a column's text has no number of its own");
    }
}
