using YarnDL.Data.Files;

namespace YarnDL.Data.Encoding;

/// <summary>A sorted run in a file.</summary>
internal sealed class FileRun(IFileStore store, string path) : RunSource
{
    private readonly BufferedStream _stream = new(store.OpenRead(path), 1 << 18);
    private byte[] _record = new byte[256];
    private int _length;

    public override ReadOnlySpan<byte> Record => _record.AsSpan(0, _length);

    public override bool Next()
    {
        int got = _stream.ReadAtLeast(_record.AsSpan(0, RowRecords.Head), RowRecords.Head, throwOnEndOfStream: false);
        if (got == 0)
        {
            return false;
        }

        try
        {
            if (got < RowRecords.Head)
            {
                throw new EndOfStreamException();
            }

            _length = RowRecords.Length(_record);
            if (_length < RowRecords.Head || _length - RowRecords.Head > _stream.Length - _stream.Position)
            {
                throw new EndOfStreamException();
            }

            if (_length > _record.Length)
            {
                Array.Resize(ref _record, Math.Max(_length, (int)Math.Min(Array.MaxLength, 2L * _record.Length)));
            }

            _stream.ReadExactly(_record, RowRecords.Head, _length - RowRecords.Head);
        }
        catch (Exception e) when (e is EndOfStreamException or OverflowException)
        {
            throw new DataException(DataFault.Input, $"[encode] the sorted run {path} is damaged; run the job again", e);
        }

        Id = RowId.Read(_record);
        return true;
    }

    public override void Dispose() => _stream.Dispose();
}
