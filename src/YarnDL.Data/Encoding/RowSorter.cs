using YarnDL.Data.Files;

namespace YarnDL.Data.Encoding;

/// <summary>
/// Stage 3: sorts encoded rows by id, and equal ids by their bytes, within a memory limit: what does not fit is written as sorted runs and merged. The result
/// does not depend on the order in which rows come. Not thread-safe.
/// </summary>
public sealed class RowSorter(IFileStore store, string folder, long memoryLimit) : IDisposable
{
    private readonly int _limit = (int)Math.Clamp(memoryLimit, 1 << 16, 1 << 30);
    private readonly List<string> _runs = [];
    private ByteBuffer _records = new();
    private List<RowEntry> _entries = [];

    /// <summary>Rows so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Bytes of the encoded rows so far.</summary>
    public long EncodedBytes { get; private set; }

    /// <summary>How many sorted runs had to be written.</summary>
    public int Runs => _runs.Count;

    /// <summary>Adds the records of a part.</summary>
    public void Add(RowRecords part)
    {
        var rest = part.Bytes;
        while (!rest.IsEmpty)
        {
            var record = RowRecords.Next(ref rest);
            if (_entries.Count > 0 && (long)_records.Length + record.Length + ((_entries.Count + 1L) * RowEntry.Bytes) > _limit)
            {
                Spill();
            }

            _entries.Add(new RowEntry(RowId.Read(record), _records.Length));
            _records.Append(record);
        }

        Rows += part.Rows;
        EncodedBytes += part.EncodedBytes;
    }

    /// <summary>All rows in canonical order. The sorter takes no more rows after this.</summary>
    public SortedRows Merge()
    {
        var sources = new List<RunSource> { new MemoryRun(_records, Sorted()) };
        foreach (string run in _runs)
        {
            sources.Add(new FileRun(store, run));
        }

        return new SortedRows(sources);
    }

    /// <summary>Deletes the runs.</summary>
    public void Dispose()
    {
        foreach (string run in _runs)
        {
            store.Delete(run);
        }
    }

    private RowEntry[] Sorted()
    {
        RowEntry[] entries = [.. _entries];
        Array.Sort(entries, new RowEntryOrder(_records));
        return entries;
    }

    private void Spill()
    {
        string path = FormattableString.Invariant($"{folder}/run-{_runs.Count:00000}");
        if (_runs.Count == 0)
        {
            store.MakeFolders(folder);
        }

        _runs.Add(path);
        using (var stream = new BufferedStream(store.Create(path), 1 << 18))
        {
            foreach (var entry in Sorted())
            {
                var record = _records.Written[entry.Offset..];
                stream.Write(record[..RowRecords.Length(record)]);
            }
        }

        _records.Clear();
        _entries.Clear();
    }
}
