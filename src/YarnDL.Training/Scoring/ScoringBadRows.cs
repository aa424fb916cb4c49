using YarnDL.Data;
using YarnDL.Data.Encoding;
using YarnDL.Data.Features;
using YarnDL.Data.Files;
using YarnDL.Data.Rows;

namespace YarnDL.Training.Scoring;

/// <summary>Rows of a table that cannot be encoded: counted, and kept where they are set aside.</summary>
/// <param name="policy">What happens to them.</param>
/// <param name="columns">Columns whose content is a row's id.</param>
/// <param name="keyColumns">Columns that records show.</param>
internal sealed class ScoringBadRows(BadRowPolicy policy, IReadOnlyList<string> columns, IReadOnlyList<string> keyColumns)
{
    private const int RowsToShow = 3;

    private readonly List<BadRow> _rows = [];
    private BadRowRecords? _records;
    private RowIdHasher? _hasher;
    private Schema? _schema;

    public long Dropped { get; private set; }

    public long Quarantined => _rows.Count;

    /// <summary>Takes a bad row.</summary>
    /// <exception cref="DataException">It, or their number, ends the work.</exception>
    public void Add(ColumnBatch batch, int row, BadValue bad)
    {
        if (policy.Kind == BadRowKind.Drop)
        {
            Dropped++;
            return;
        }

        if (!ReferenceEquals(_schema, batch.Schema))
        {
            _schema = batch.Schema;
            _records = new BadRowRecords(_schema, keyColumns);
            _hasher = new RowIdHasher(_schema, columns);
        }

        BadRow record = _records!.Of(batch, row, _hasher!.Hash(batch, row), bad);
        if (policy.Kind == BadRowKind.Fail)
        {
            throw new DataException(DataFault.BadRows, $"[rows] {record}; every row must be readable; correct it, or set onBadRow to quarantine or drop");
        }

        Keep(record);
    }

    /// <summary>Takes what a part found.</summary>
    /// <exception cref="DataException">Their number ends the work.</exception>
    public void Add(long dropped, IReadOnlyList<BadRow> rows)
    {
        Dropped += dropped;
        foreach (BadRow row in rows)
        {
            Keep(row);
        }
    }

    /// <summary>What was found since the last time.</summary>
    public (long Dropped, List<BadRow> Rows) TakeAll()
    {
        (long, List<BadRow>) all = (Dropped, [.. _rows]);
        Dropped = 0;
        _rows.Clear();
        return all;
    }

    private void Keep(BadRow record)
    {
        _rows.Add(record);
        if (_rows.Count > policy.Most)
        {
            throw new DataException(DataFault.BadRows, $"[rows] {_rows.Count} rows could not be encoded, at most {policy.Most} may be; such as {string.Join("; ", _rows.Take(RowsToShow))}; correct them, or raise the limit of onBadRow");
        }
    }

    /// <summary>Writes the rows that were set aside as JSON lines in the order of their ids, in place of those of an earlier scoring; without rows there is no file.</summary>
    public void Write(IFileStore store, string path)
    {
        if (_rows.Count == 0)
        {
            store.Delete(path);
            return;
        }

        _rows.Sort();
        string temporary = path + ".new";
        store.Delete(temporary);
        using (Stream s = store.Create(temporary))
        {
            foreach (BadRow row in _rows)
            {
                s.Write(System.Text.Encoding.UTF8.GetBytes(row.ToJson() + "\n"));
            }
        }

        store.Replace(temporary, path);
    }
}
