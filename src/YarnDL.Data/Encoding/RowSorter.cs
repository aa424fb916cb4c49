using YarnDL.Data.Files;

namespace YarnDL.Data.Encoding;

/// <summary>
/// Stage 3: sorts encoded rows by id, and equal ids by their bytes, within a memory limit: what does not fit is written as sorted runs and merged. The result
/// does not depend on the order in which rows come. Not thread-safe.
/// </summary>
/// <param name="store">Where runs are written.</param>
/// <param name="folder">Folder of the runs.</param>
/// <param name="memoryLimit">Bytes of records and their places; one run more may be under way.</param>
/// <param name="writeRun">Sorts records (which it may keep) and writes them as a run, now or until the returned wait ends; null: <see cref="WriteRun"/>, now.</param>
public sealed class RowSorter(IFileStore store, string folder, long memoryLimit, Func<ByteBuffer, string, Action>? writeRun = null) : IDisposable
{
    private readonly int _limit = (int)Math.Clamp(memoryLimit, 1 << 16, 1 << 30);
    private readonly List<string> _runs = [];
    private ByteBuffer _records = new();
    private long _count;
    private Action? _underWay;

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
            if (_count > 0 && _records.Length + record.Length + ((_count + 1) * RowEntry.Bytes) > _limit)
            {
                Spill();
            }

            _records.Append(record);
            _count++;
        }

        Rows += part.Rows;
        EncodedBytes += part.EncodedBytes;
    }

    /// <summary>All rows in canonical order; may be asked for again. The sorter takes no more rows after this.</summary>
    public SortedRows Merge()
    {
        EndRun();
        var sources = new List<RunSource> { new MemoryRun(_records, Sorted(_records)) };
        foreach (string run in _runs)
        {
            sources.Add(new FileRun(store, run));
        }

        return new SortedRows(sources);
    }

    /// <summary>Deletes the runs.</summary>
    public void Dispose()
    {
        _underWay = null;
        foreach (string run in _runs)
        {
            store.Delete(run);
        }

        _runs.Clear();
    }

    /// <summary>Sorts records and writes them as a run: by id, equal ids by origin and bytes.</summary>
    public static void WriteRun(IFileStore store, string path, ByteBuffer records)
    {
        using var stream = new BufferedStream(store.Create(path), 1 << 18);
        foreach (var entry in Sorted(records))
        {
            var record = records.Written[entry.Offset..];
            stream.Write(record[..RowRecords.Length(record)]);
        }
    }

    private static RowEntry[] Sorted(ByteBuffer records)
    {
        var entries = new List<RowEntry>();
        for (int at = 0; at < records.Length;)
        {
            var record = records.Written[at..];
            entries.Add(new RowEntry(RowId.Read(record), at));
            at += RowRecords.Length(record);
        }

        RowEntry[] sorted = [.. entries];
        Array.Sort(sorted, new RowEntryOrder(records));
        return sorted;
    }

    private void Spill()
    {
        string path = FormattableString.Invariant($"{folder}/run-{_runs.Count:00000}");
        if (_runs.Count == 0)
        {
            store.MakeFolders(folder);
        }

        EndRun();
        _runs.Add(path);
        if (writeRun is null)
        {
            WriteRun(store, path, _records);
            _records.Clear();
        }
        else
        {
            _underWay = writeRun(_records, path);
            _records = new ByteBuffer();
        }

        _count = 0;
    }

    private void EndRun()
    {
        _underWay?.Invoke();
        _underWay = null;
    }
}
