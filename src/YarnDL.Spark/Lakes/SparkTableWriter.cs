using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;
using YarnDL.Spark.Bridge;

namespace YarnDL.Spark.Lakes;

/// <summary>Sends batches to the JVM, which keeps them aside until the commit.</summary>
internal sealed class SparkTableWriter(BridgeClient bridge, BridgeConnection connection, int handle) : ITableWriter
{
    private bool _closed;

    public void Write(ColumnBatch batch)
    {
        Begin();
        ColumnBatchFormat.Write(batch, connection.Request);
        SparkLake.Ask(() => connection.Ask(BridgeOperation.WriteBatch).Length);
    }

    public void Commit()
    {
        Begin();
        SparkLake.Ask(() => connection.Ask(BridgeOperation.CommitTable).Length);
    }

    public void Dispose()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        try
        {
            SparkLake.Close(connection, handle);
        }
        finally
        {
            bridge.Return(connection);
        }
    }

    private void Begin()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        connection.Request.Clear();
        connection.Request.AppendInt32(handle);
    }
}
