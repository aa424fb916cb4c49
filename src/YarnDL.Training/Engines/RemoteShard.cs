using YarnDL.Data.Blocks;
using YarnDL.Data.Encoding;
using YarnDL.Training.Workers;

namespace YarnDL.Training.Engines;

/// <summary>The rows of a shard on their way to the worker that writes its files. Once the worker is lost, rows are no longer sent.</summary>
internal sealed class RemoteShard(PartDealer dealer, WorkerLink link, string cut, int shard) : IShardRows
{
    private const int FrameBytes = 1 << 16;

    private ByteBuffer _rows = new(FrameBytes);
    private DealtPart<List<BlockFileEntry>?>? _underWay;
    private bool _begun;
    private bool _lost;

    public void Add(RowId id, uint ordinal, ReadOnlySpan<byte> row)
    {
        if (_lost)
        {
            return;
        }

        EncodingServer.AppendRow(_rows, id, ordinal, row);
        if (_rows.Length >= FrameBytes)
        {
            Send(last: false);
        }
    }

    public IReadOnlyList<BlockFileEntry>? Finish()
    {
        Send(last: true);
        Wait(out List<BlockFileEntry>? files);
        return files;
    }

    public void Dispose()
    {
    }

    /// <summary>At most one frame is under way, so that memory is bounded.</summary>
    private void Send(bool last)
    {
        Wait(out _);
        if (_lost)
        {
            return;
        }

        ByteBuffer rows = _rows;
        _rows = new ByteBuffer(last ? 0 : FrameBytes);
        bool first = !_begun;
        _begun = true;
        _underWay = dealer.SubmitTo(link, l => EncodingMessages.Files(
            l.Ask(Operation.Cut, EncodingMessages.Cut(cut, WorkerServer.LocalBlocks, "", shard, first, last).Bytes(rows.Written), Operation.CutDone), shard));
    }

    private void Wait(out List<BlockFileEntry>? files)
    {
        files = _underWay?.Wait();
        _lost |= _underWay is not null && files is null;
        _underWay = null;
    }
}
