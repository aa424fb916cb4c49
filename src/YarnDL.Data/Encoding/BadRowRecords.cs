using YarnDL.Data.Features;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Encoding;

/// <summary>Makes records of rows that cannot be encoded: key columns, and file and row where the source has <c>_file</c> and <c>_row</c>. Bound to a schema.</summary>
public sealed class BadRowRecords
{
    private readonly (string Name, int Position)[] _keys;
    private readonly int _file;
    private readonly int _row;

    /// <param name="schema">Columns of the rows.</param>
    /// <param name="keyColumns">Columns that a record shows.</param>
    /// <exception cref="DataException">A column is missing.</exception>
    public BadRowRecords(Schema schema, IReadOnlyList<string> keyColumns)
    {
        _keys = [.. keyColumns.Select(k => (k, schema.IndexOf(k)))];
        _file = Find(schema, "_file");
        _row = Find(schema, "_row");
    }

    /// <summary>True when a row's place in its source is known.</summary>
    public bool HasPlaces => _file >= 0 || _row >= 0;

    /// <summary>The record of a row.</summary>
    public BadRow Of(ColumnBatch batch, int row, RowId id, BadValue bad)
    {
        var keys = new (string, string?)[_keys.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = (_keys[i].Name, RawText.Of(batch.Columns[_keys[i].Position], row));
        }

        return new BadRow(id, bad.Column, bad.Reason, bad.Raw, keys, File(batch, row), Number(batch, row));
    }

    /// <summary>"digits.csv row 17", as far as it is known.</summary>
    public string Place(ColumnBatch batch, int row) => FormattableString.Invariant($"{File(batch, row)} row {Number(batch, row)}").Trim();

    private string? File(ColumnBatch batch, int row) => _file < 0 ? null : RawText.Of(batch.Columns[_file], row);

    private long? Number(ColumnBatch batch, int row) =>
        _row >= 0 && !batch.Columns[_row].IsNull(row) && NumericReader.TryInteger(batch.Columns[_row], row, out Int128 value) ? (long)value : null;

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
