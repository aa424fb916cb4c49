using System.Collections.Concurrent;
using YarnDL.Data.Encoding;
using YarnDL.Training.Workers;

namespace YarnDL.Spark.Bridge;

/// <summary>Connections to the JVM that started this process, made as they are needed. Thread-safe.</summary>
internal sealed class BridgeClient(WorkerHello hello) : IDisposable
{
    private readonly ConcurrentBag<BridgeConnection> _idle = [];
    private volatile bool _closed;

    /// <summary>A connection of one's own, until it is given back.</summary>
    public BridgeConnection Rent()
    {
        BridgeConnection connection = _idle.TryTake(out BridgeConnection? idle) ? idle : new BridgeConnection(hello);
        connection.Request.Clear();
        return connection;
    }

    /// <summary>Gives a connection back; a broken one is closed, and with it all that it held open.</summary>
    public void Return(BridgeConnection connection)
    {
        if (_closed || connection.IsBroken)
        {
            connection.Dispose();
        }
        else
        {
            _idle.Add(connection);
        }
    }

    /// <summary>One request and its reply.</summary>
    public T Ask<T>(BridgeOperation operation, Action<ByteBuffer> request, BridgeReply<T> read)
    {
        BridgeConnection connection = Rent();
        try
        {
            request(connection.Request);
            return read(connection.Ask(operation));
        }
        finally
        {
            Return(connection);
        }
    }

    public void Dispose()
    {
        _closed = true;
        while (_idle.TryTake(out BridgeConnection? connection))
        {
            connection.Dispose();
        }
    }
}
