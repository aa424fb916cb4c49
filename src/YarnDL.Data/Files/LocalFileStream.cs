namespace YarnDL.Data.Files;

/// <summary>A local file whose errors are <see cref="FileStoreException"/>; one that was created is on disk once disposed.</summary>
internal sealed class LocalFileStream(FileStream inner, string path, bool created) : Stream
{
    private bool _closed;

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => inner.CanSeek;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => Guard(static (f, _) => f.Length, 0);

    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    public override void Flush() => Guard(static (f, _) => { f.Flush(); return 0; }, 0);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return inner.Read(buffer);
        }
        catch (Exception e) when (FileFaults.IsStorage(e))
        {
            throw FileFaults.FromException(e, "cannot read", path);
        }
    }

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void SetLength(long value) => Guard(static (f, v) => { f.SetLength(v); return 0; }, value);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (Exception e) when (FileFaults.IsStorage(e))
        {
            throw FileFaults.FromException(e, "cannot write", path);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (_closed || !disposing)
        {
            return;
        }

        _closed = true;
        try
        {
            if (created)
            {
                inner.Flush(flushToDisk: true);
            }

            inner.Dispose();
        }
        catch (Exception e) when (FileFaults.IsStorage(e))
        {
            throw FileFaults.FromException(e, "cannot write", path);
        }
        finally
        {
            inner.SafeFileHandle.Dispose();
        }

        if (created)
        {
            PosixFiles.SyncFolder(Path.GetDirectoryName(path)!);
        }
    }

    private long Guard(Func<FileStream, long, long> call, long value)
    {
        try
        {
            return call(inner, value);
        }
        catch (Exception e) when (FileFaults.IsStorage(e))
        {
            throw FileFaults.FromException(e, inner.CanWrite ? "cannot write" : "cannot read", path);
        }
    }
}
