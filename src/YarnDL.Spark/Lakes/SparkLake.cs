using YarnDL.Data;
using YarnDL.Data.Encoding;
using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;
using YarnDL.Spark.Bridge;
using YarnDL.Training;

namespace YarnDL.Spark.Lakes;

/// <summary>Tables, views, files and SQL of Spark. Rows become columns on the executors and come here batch by batch.</summary>
internal sealed class SparkLake(BridgeClient bridge) : ILake
{
    private const int DataKind = 1, TrainingKind = 2;

    public Schema Describe(TableSource source) =>
        Ask(() => bridge.Ask(BridgeOperation.DescribeTable, request => Put(source, request), static reply => ColumnBatchFormat.ReadSchema(ref reply)));

    public IEnumerable<ColumnBatch> Read(TableSource source, ReadRequest read)
    {
        BridgeConnection connection = bridge.Rent();
        int handle = -1;
        try
        {
            Schema schema = Open(connection, source, read, out handle);
            while (Next(connection, handle, schema) is { } batch)
            {
                yield return batch;
            }
        }
        finally
        {
            Close(connection, handle);
            bridge.Return(connection);
        }
    }

    public ITableWriter Write(TableSource target, Schema schema, WriteMode mode)
    {
        BridgeConnection connection = bridge.Rent();
        try
        {
            Put(target, connection.Request);
            ColumnBatchFormat.WriteSchema(schema.Fields, connection.Request);
            connection.Request.AppendInt32((int)mode);
            return new SparkTableWriter(bridge, connection, Ask(() =>
            {
                ReadOnlySpan<byte> reply = connection.Ask(BridgeOperation.WriteTable);
                return RequestFields.TakeInt32(ref reply);
            }));
        }
        catch
        {
            bridge.Return(connection);
            throw;
        }
    }

    /// <summary>Gives a source a name that SQL and table sources may use until the application ends; it hides a table of the metastore with this name.</summary>
    public void Name(string name, TableSource source) => Ask(() => bridge.Ask(BridgeOperation.NameTable, request =>
    {
        request.Text(name);
        Put(source, request);
    }, static _ => 0));

    public void Dispose()
    {
    }

    /// <summary>A call whose failures are the data's.</summary>
    internal static T Ask<T>(Func<T> call)
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

    /// <summary>Gives a handle back, if it was given and the connection still works.</summary>
    internal static void Close(BridgeConnection connection, int handle)
    {
        if (handle < 0 || connection.IsBroken)
        {
            return;
        }

        connection.Request.Clear();
        connection.Request.AppendInt32(handle);
        connection.Ask(BridgeOperation.CloseHandle);
    }

    private static Schema Open(BridgeConnection connection, TableSource source, ReadRequest read, out int handle)
    {
        Put(source, connection.Request);
        connection.Request.AppendByte(read.Columns is null ? (byte)0 : (byte)1);
        Put(read.Columns ?? [], connection.Request);
        connection.Request.Text(read.Filter ?? "");
        (int given, Schema schema) = Ask(() =>
        {
            ReadOnlySpan<byte> reply = connection.Ask(BridgeOperation.OpenTable);
            return (RequestFields.TakeInt32(ref reply), ColumnBatchFormat.ReadSchema(ref reply));
        });
        handle = given;
        return schema;
    }

    private static ColumnBatch? Next(BridgeConnection connection, int handle, Schema schema)
    {
        connection.Request.Clear();
        connection.Request.AppendInt32(handle);
        return Ask(() =>
        {
            ReadOnlySpan<byte> reply = connection.Ask(BridgeOperation.NextBatch);
            return RequestFields.TakeByte(ref reply) == 0 ? null : ColumnBatchFormat.Read(schema, ref reply);
        });
    }

    internal static void Put(TableSource source, ByteBuffer request)
    {
        request.Text(source.Format);
        Put(source.Paths, request);
        request.Text(source.Sql ?? "").Text(source.Table ?? "");
        request.Text(string.Join(", ", source.Columns.Select(c => $"`{c.Name.Replace("`", "``", StringComparison.Ordinal)}` {SparkDdl.Type(DeclaredType.Parse(c.Name, c.Type))}")));
        IReadOnlyDictionary<string, string> options = source.Format == "csv" ? SparkCsv.Options(source.Options) : source.Options;
        Put([.. options.OrderBy(o => o.Key, StringComparer.Ordinal).SelectMany(o => (string[])[o.Key, o.Value])], request);
    }

    internal static void Put(IReadOnlyList<string> texts, ByteBuffer request)
    {
        request.AppendInt32(texts.Count);
        foreach (string text in texts)
        {
            request.Text(text);
        }
    }
}
