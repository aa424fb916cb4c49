using YarnDL.Spark.Bridge;

namespace YarnDL.Spark.Files;

/// <summary>A Hadoop file open for reading, one MiB at a time; larger reads go straight to their target.</summary>
internal sealed class HadoopReadStream(BridgeClient bridge, BridgeConnection connection, int handle, long length) : Stream
{
    private const int BufferBytes = 1 << 20, MostBytes = 4 << 20;

    private byte[] _buffer = [];
    private long _bufferStart;
    private int _buffered;
    private bool _closed;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> into)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        long left = length - Position;
        if (into.Length == 0 || left <= 0)
        {
            return 0;
        }

        long at = Position - _bufferStart;
        if (at < 0 || at >= _buffered)
        {
            if (into.Length >= BufferBytes)
            {
                int direct = Fetch(Position, into[..Math.Min(into.Length, MostBytes)]);
                Position += direct;
                return direct;
            }

            int wanted = (int)Math.Min(BufferBytes, left);
            if (_buffer.Length < wanted)
            {
                _buffer = new byte[wanted];
            }

            _buffered = 0;
            _buffered = Fetch(Position, _buffer.AsSpan(0, wanted));
            _bufferStart = Position;
            at = 0;
        }

        int count = (int)Math.Min(into.Length, _buffered - at);
        _buffer.AsSpan((int)at, count).CopyTo(into);
        Position += count;
        return count;
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        long target = offset + origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => Position, _ => length };
        return Position = target >= 0 ? target : throw new IOException("[files] a seek before the start of a file");
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (!disposing || _closed)
        {
            return;
        }

        _closed = true;
        try
        {
            if (!connection.IsBroken)
            {
                connection.Request.Clear();
                connection.Request.AppendInt32(handle);
                HadoopFileStore.Call(connection, BridgeOperation.CloseHandle);
            }
        }
        finally
        {
            bridge.Return(connection);
        }
    }

    private int Fetch(long position, Span<byte> into)
    {
        connection.Request.Clear();
        connection.Request.AppendInt32(handle);
        connection.Request.AppendInt64(position);
        connection.Request.AppendInt32(into.Length);
        ReadOnlySpan<byte> reply = HadoopFileStore.Call(connection, BridgeOperation.ReadFile);
        int count = RequestFields.TakeInt32(ref reply);
        reply[..count].CopyTo(into);
        return count;
    }
}
