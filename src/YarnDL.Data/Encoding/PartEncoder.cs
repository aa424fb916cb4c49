using YarnDL.Data.Features;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Encoding;

/// <summary>Stage 2: a row becomes (id, encoded bytes), or a bad row. Not thread-safe: one per thread.</summary>
public sealed class PartEncoder : IDisposable
{
    private readonly RowEncoder _encoder;
    private readonly RowSides _sides;
    private readonly BadRowPolicy _onBadRow;
    private readonly BadRowRecords _records;
    private readonly (string Name, int Position)[] _origin;
    private readonly ByteBuffer _bytes = new();

    /// <param name="keyColumns">Columns that bad-row records show.</param>
    /// <param name="rowKey">Columns that identify a row, or none: then no origin is kept.</param>
    /// <exception cref="DataException">A column is missing or has a type its feature cannot read.</exception>
    public PartEncoder(FittedFeatures features, Schema schema, RowSides sides, BadRowPolicy onBadRow, IReadOnlyList<string> keyColumns, IReadOnlyList<string> rowKey)
    {
        _encoder = features.Bind(schema);
        _sides = sides;
        _onBadRow = onBadRow;
        _records = new BadRowRecords(schema, keyColumns);
        _origin = [.. rowKey.Select(k => (k, schema.IndexOf(k)))];
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

        BadRow record = _records.Of(batch, row, id, bad);
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

        if (_records.HasPlaces)
        {
            words.Add(_records.Place(batch, row));
        }

        return string.Join(", ", words);
    }
}
