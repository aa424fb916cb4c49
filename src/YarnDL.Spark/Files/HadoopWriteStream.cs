using YarnDL.Spark.Bridge;

namespace YarnDL.Spark.Files;

/// <summary>A new Hadoop file; on the disks of its nodes once disposed without an error. After a failed write nothing is left of it.</summary>
internal sealed class HadoopWriteStream(BridgeClient bridge, BridgeConnection connection, int handle) : Stream
{
    private const int BufferBytes = 1 << 20;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _buffered;
    private long _written;
    private bool _failed, _closed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _written + _buffered;

    public override long Position
    {
        get => Length;
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        while (bytes.Length > 0)
        {
            int count = Math.Min(bytes.Length, BufferBytes - _buffered);
            bytes[..count].CopyTo(_buffer.AsSpan(_buffered));
            _buffered += count;
            bytes = bytes[count..];
            if (_buffered == BufferBytes)
            {
                Flush();
            }
        }
    }

    public override void Flush()
    {
        if (_buffered == 0)
        {
            return;
        }

        Begin();
        connection.Request.Append(_buffer.AsSpan(0, _buffered));
        Call(BridgeOperation.WriteFile);
        _written += _buffered;
        _buffered = 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (!disposing || _closed)
        {
            return;
        }

        _closed = true;
        try
        {
            if (!_failed)
            {
                Flush();
                Begin();
                Call(BridgeOperation.FinishFile);
            }
        }
        finally
        {
            Abandon();
            bridge.Return(connection);
        }
    }

    /// <summary>Takes away what a failed write left.</summary>
    private void Abandon()
    {
        if (!_failed || connection.IsBroken)
        {
            return;
        }

        try
        {
            Begin();
            connection.Ask(BridgeOperation.CloseHandle);
        }
        catch (Exception e) when (e is BridgeFaultException or IOException)
        {
            // The failure that led here is the one to tell.
        }
    }

    private void Begin()
    {
        connection.Request.Clear();
        connection.Request.AppendInt32(handle);
    }

    private void Call(BridgeOperation operation)
    {
        _failed = true;
        HadoopFileStore.Call(connection, operation);
        _failed = false;
    }
}
