using YarnDL.Data.Files;
using YarnDL.Spark.Bridge;

namespace YarnDL.Spark.Files;

/// <summary>
/// Files of every Hadoop file system (hdfs, viewfs, file, ...), read and written by the JVM beside us. A path without a scheme is on the
/// cluster's default file system; paths that come back are full URIs. Thread-safe.
/// </summary>
public sealed class HadoopFileStore : IFileStore
{
    private const int FilesKind = 4;

    private readonly BridgeClient _bridge;

    internal HadoopFileStore(BridgeClient bridge) => _bridge = bridge;

    /// <inheritdoc/>
    public IReadOnlyList<FileStat> List(string folder) => Ask<IReadOnlyList<FileStat>>(BridgeOperation.ListFiles, folder, null, static reply =>
    {
        var found = new FileStat[RequestFields.TakeInt32(ref reply)];
        for (int i = 0; i < found.Length; i++)
        {
            found[i] = TakeStat(ref reply);
        }

        return found;
    });

    /// <inheritdoc/>
    public FileStat? Stat(string path) =>
        Ask(BridgeOperation.StatFile, path, null, static reply => RequestFields.TakeByte(ref reply) == 0 ? null : TakeStat(ref reply));

    /// <inheritdoc/>
    public Stream OpenRead(string path)
    {
        BridgeConnection connection = _bridge.Rent();
        try
        {
            connection.Request.Text(path);
            ReadOnlySpan<byte> reply = Call(connection, BridgeOperation.OpenFile);
            return new HadoopReadStream(_bridge, connection, RequestFields.TakeInt32(ref reply), RequestFields.TakeInt64(ref reply));
        }
        catch
        {
            _bridge.Return(connection);
            throw;
        }
    }

    /// <inheritdoc/>
    public Stream Create(string path)
    {
        BridgeConnection connection = _bridge.Rent();
        try
        {
            connection.Request.Text(path);
            ReadOnlySpan<byte> reply = Call(connection, BridgeOperation.CreateFile);
            return new HadoopWriteStream(_bridge, connection, RequestFields.TakeInt32(ref reply));
        }
        catch
        {
            _bridge.Return(connection);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Rename(string from, string to) => Ask(BridgeOperation.RenameFile, from, to, static _ => 0);

    /// <inheritdoc/>
    public void Replace(string from, string to) => Ask(BridgeOperation.ReplaceFile, from, to, static _ => 0);

    /// <inheritdoc/>
    public void Touch(string path) => Ask(BridgeOperation.TouchFile, path, null, static _ => 0);

    /// <inheritdoc/>
    public void MakeFolders(string folder) => Ask(BridgeOperation.MakeFolders, folder, null, static _ => 0);

    /// <inheritdoc/>
    public void Delete(string path) => Ask(BridgeOperation.DeleteFile, path, null, static _ => 0);

    /// <summary>A call whose failures are storage's.</summary>
    internal static ReadOnlySpan<byte> Call(BridgeConnection connection, BridgeOperation operation)
    {
        try
        {
            return connection.Ask(operation);
        }
        catch (BridgeFaultException e)
        {
            throw new FileStoreException(e.Kind == FilesKind && e.Fault is >= 0 and <= (int)FileStoreFault.Broken ? (FileStoreFault)e.Fault : FileStoreFault.Broken, e.Message, e);
        }
        catch (IOException e)
        {
            throw new FileStoreException(FileStoreFault.Broken, e.Message, e);
        }
    }

    private T Ask<T>(BridgeOperation operation, string path, string? second, BridgeReply<T> read)
    {
        BridgeConnection connection = _bridge.Rent();
        try
        {
            connection.Request.Text(path);
            if (second is not null)
            {
                connection.Request.Text(second);
            }

            return read(Call(connection, operation));
        }
        finally
        {
            _bridge.Return(connection);
        }
    }

    private static FileStat TakeStat(ref ReadOnlySpan<byte> reply)
    {
        string path = RequestFields.TakeText(ref reply);
        bool folder = RequestFields.TakeByte(ref reply) != 0;
        long bytes = RequestFields.TakeInt64(ref reply);
        return new FileStat(path, folder, bytes, DateTimeOffset.FromUnixTimeMilliseconds(RequestFields.TakeInt64(ref reply)));
    }
}
