namespace YarnDL.Data.Encoding;

/// <summary>Rows in canonical order, merged from sorted runs, with their ordinals among equal ids.</summary>
public sealed class SortedRows : IDisposable
{
    private readonly List<RunSource> _sources;
    private readonly PriorityQueue<RunSource, RunSource> _queue = new(Comparer<RunSource>.Create(static (a, b) =>
        a.Id.CompareTo(b.Id) is not 0 and int byId ? byId : RowEntryOrder.Compare(a.Record, b.Record)));

    private RunSource? _current;
    private bool _any;

    internal SortedRows(List<RunSource> sources)
    {
        _sources = sources;
        foreach (var source in sources)
        {
            if (source.Next())
            {
                _queue.Enqueue(source, source);
            }
        }
    }

    public RowId Id { get; private set; }

    /// <summary>0, 1, 2, ... among rows of this id.</summary>
    public uint Ordinal { get; private set; }

    /// <summary>The encoded row; valid until the next <see cref="Next"/>.</summary>
    public ReadOnlySpan<byte> Row => RowRecords.Row(_current!.Record);

    /// <summary>Where the row came from; empty when that was not kept.</summary>
    public ReadOnlySpan<byte> Origin => RowRecords.Origin(_current!.Record);

    /// <summary>Goes to the next row; false at the end.</summary>
    public bool Next()
    {
        if (_current is not null && _current.Next())
        {
            _queue.Enqueue(_current, _current);
        }

        if (!_queue.TryDequeue(out _current, out _))
        {
            return false;
        }

        Ordinal = _any && _current.Id == Id ? checked(Ordinal + 1) : 0;
        Id = _current.Id;
        _any = true;
        return true;
    }

    public void Dispose()
    {
        foreach (var source in _sources)
        {
            source.Dispose();
        }
    }
}
