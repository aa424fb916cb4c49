using YarnDL.Data;
using YarnDL.Data.Encoding;
using YarnDL.Data.Lakes;
using YarnDL.Spark.Bridge;
using YarnDL.Spark.Lakes;
using YarnDL.Training;
using YarnDL.Training.Workers;

namespace YarnDL.Spark.Engines;

/// <summary>Requests for work on the rows of a table where they are, and the frames that come back.</summary>
internal static class SparkParts
{
    private const int DataKind = 1, TrainingKind = 2;

    /// <summary>A call whose failures are the data's or the cluster's.</summary>
    public static T Ask<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (BridgeFaultException e) when (e.Kind == DataKind)
        {
            throw new DataException((DataFault)e.Fault, e.Message, e);
        }
        catch (BridgeFaultException e) when (e.Kind == TrainingKind)
        {
            throw new TrainingException((TrainingFault)e.Fault, e.Message, e);
        }
    }

    /// <summary>Opens what every worker needs for the next calls.</summary>
    public static void Open(BridgeClient bridge, Action<Stream> send)
    {
        using var frame = new MemoryStream();
        send(frame);
        bridge.Ask(BridgeOperation.OpenWork, request =>
        {
            request.AppendInt32(1);
            request.AppendInt32((int)frame.Length);
            request.Append(frame.GetBuffer().AsSpan(0, (int)frame.Length));
        }, static _ => 0);
    }

    /// <summary>Work on all parts of a table; the answers come in no promised order.</summary>
    /// <param name="more">The fields after the table's.</param>
    public static List<byte[]> OfTable(BridgeClient bridge, BridgeOperation operation, TableSource source, ReadRequest read, Action<ByteBuffer> more) => Ask(() => bridge.Ask(operation, request =>
    {
        SparkLake.Put(source, request);
        SparkLake.Put(read.Columns ?? [], request);
        request.Text(read.Filter ?? "");
        more(request);
    }, static reply => Blobs(ref reply)));

    public static List<byte[]> Blobs(ref ReadOnlySpan<byte> reply)
    {
        var found = new List<byte[]>();
        for (int left = RequestFields.TakeInt32(ref reply); left > 0; left--)
        {
            found.Add(Blob(ref reply));
        }

        return found;
    }

    public static byte[] Blob(ref ReadOnlySpan<byte> from)
    {
        int length = RequestFields.TakeInt32(ref from);
        byte[] blob = from[..length].ToArray();
        from = from[length..];
        return blob;
    }

    /// <summary>The fields of a worker's reply frame; the failure that it holds is thrown.</summary>
    public static HeadReader Reply(byte[] frame, Operation due)
    {
        using var stream = new MemoryStream(frame);
        Frame reply = Frame.Receive(stream, Frame.HeadLimit, stream.Length);
        return reply.Operation == due ? new HeadReader(reply.Head)
            : reply.Operation == Operation.Failed ? throw Messages.Failure(new HeadReader(reply.Head))
            : throw new ProtocolException($"[worker] {reply.Operation} came where {due} is due");
    }

    /// <summary>What a task that kept its rows in a file of its own told; the failure that it met is thrown.</summary>
    /// <returns>Path, the fields after it, and the counts of each frame.</returns>
    public static (string Path, long[] Sums, List<byte[]> Counts) Staged(byte[] result, int sums)
    {
        ReadOnlySpan<byte> from = result;
        if (RequestFields.TakeByte(ref from) == 0)
        {
            Reply(from.ToArray(), Operation.EncodeDone);
        }

        string path = RequestFields.TakeText(ref from);
        var found = new long[sums];
        for (int i = 0; i < sums; i++)
        {
            found[i] = RequestFields.TakeInt64(ref from);
        }

        return (path, found, Blobs(ref from));
    }
}
