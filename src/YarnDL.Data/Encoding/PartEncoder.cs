using YarnDL.Data.Features;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Encoding;

/// <summary>Stage 2: a row becomes (id, encoded bytes), or a bad row. Not thread-safe: one per thread.</summary>
public sealed class PartEncoder : IDisposable
{
    private readonly RowEncoder _encoder;
    private readonly RowSides _sides;
    private readonly BadRowPolicy _onBadRow;
    private readonly (string Name, int Position)[] _keys;
    private readonly (string Name, int Position)[] _origin;
    private readonly int _file;
    private readonly int _row;
    private readonly ByteBuffer _bytes = new();

    /// <param name="keyColumns">Columns that bad-row records show.</param>
    /// <param name="rowKey">Columns that identify a row, or none: then no origin is kept.</param>
    /// <exception cref="DataException">A column is missing or has a type its feature cannot read.</exception>
    public PartEncoder(FittedFeatures features, Schema schema, RowSides sides, BadRowPolicy onBadRow, IReadOnlyList<string> keyColumns, IReadOnlyList<string> rowKey)
    {
        _encoder = features.Bind(schema);
        _sides = sides;
        _onBadRow = onBadRow;
        _keys = Positions(schema, keyColumns);
        _origin = Positions(schema, rowKey);
        _file = Find(schema, "_file");
        _row = Find(schema, "_row");
    }

    /// <summary>Encodes rows from .. to-1 of a batch.</summary>
    /// <param name="heldOutSource">True when the whole source is held out.</param>
    /// <exception cref="DataException">A bad row, where these end the job.</exception>
    public EncodedPart Encode(ColumnBatch batch, int from, int to, bool heldOutSource)
    {
        var part = new EncodedPart();
        for (int row = from; row < to; row++)
        {
            part.Read++;
            var side = _sides.Of(batch, row, heldOutSource, out var id);
            if (side == RowSide.Filtered)
            {
                part.Filtered++;
                continue;
            }

            part.IdSum = unchecked(part.IdSum + new UInt128(id.High, id.Low));
            _bytes.Clear();
            if (_encoder.Encode(batch, row, _bytes) is { } bad)
            {
                Refuse(part, batch, row, id, bad);
            }
            else
            {
                var records = side == RowSide.HeldOut ? part.HeldOut : part.Trained;
                records.Add(id, _bytes.Written, _origin.Length == 0 ? [] : System.Text.Encoding.UTF8.GetBytes(Origin(batch, row)));
            }
        }

        return part;
    }

    public void Dispose() => _encoder.Dispose();

    private void Refuse(EncodedPart part, ColumnBatch batch, int row, RowId id, BadValue bad)
    {
        part.BadRows++;
        if (_onBadRow.Kind == BadRowKind.Drop)
        {
            return;
        }

        var keys = new (string, string?)[_keys.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = (_keys[i].Name, RawText.Of(batch.Columns[_keys[i].Position], row));
        }

        var record = new BadRow(id, bad.Column, bad.Reason, bad.Raw, keys, File(batch, row), RowNumber(batch, row));
        if (_onBadRow.Kind == BadRowKind.Fail)
        {
            throw new DataException(DataFault.BadRows, $"[encode] {record}; every row must be readable; correct it, or set onBadRow to quarantine or drop");
        }

        part.Bad.Add(record);
    }

    private string Origin(ColumnBatch batch, int row)
    {
        var words = new List<string>();
        foreach (var (name, position) in _origin)
        {
            words.Add($"{name} = {RawText.Of(batch.Columns[position], row) ?? "null"}");
        }

        if (_file >= 0 || _row >= 0)
        {
            words.Add(FormattableString.Invariant($"{File(batch, row)} row {RowNumber(batch, row)}").Trim());
        }

        return string.Join(", ", words);
    }

    private string? File(ColumnBatch batch, int row) => _file < 0 ? null : RawText.Of(batch.Columns[_file], row);

    private long? RowNumber(ColumnBatch batch, int row) =>
        _row >= 0 && !batch.Columns[_row].IsNull(row) && NumericReader.TryInteger(batch.Columns[_row], row, out Int128 value) ? (long)value : null;

    private static (string, int)[] Positions(Schema schema, IReadOnlyList<string> columns)
    {
        var positions = new (string, int)[columns.Count];
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] = (columns[i], schema.IndexOf(columns[i]));
        }

        return positions;
    }

    private static int Find(Schema schema, string name)
    {
        for (int i = 0; i < schema.Fields.Count; i++)
        {
            if (schema.Fields[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}
