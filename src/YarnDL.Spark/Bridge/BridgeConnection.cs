using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using YarnDL.Data.Encoding;
using YarnDL.Training.Workers;

namespace YarnDL.Spark.Bridge;

/// <summary>One connection to the JVM: a request, then its reply. One caller at a time.</summary>
internal sealed class BridgeConnection : IDisposable
{
    private const int AskHello = 62, Welcome = 2, Failed = 31, HeaderBytes = 20;
    private const int MostBytes = 1 << 30;

    private readonly Socket _socket;
    private readonly byte[] _header = new byte[HeaderBytes];
    private byte[] _reply = new byte[1 << 12];
    private int _length;

    public BridgeConnection(WorkerHello hello)
    {
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            _socket.Connect(new IPEndPoint(IPAddress.Loopback, hello.Port));
            Request.Clear();
            Request.AppendInt32(hello.Secret.Length);
            Request.Append(hello.Secret);
            Request.AppendInt32(Environment.ProcessId);
            Send(AskHello);
            if (Receive() != Welcome)
            {
                throw new IOException("[bridge] the JVM did not answer the hello");
            }
        }
        catch (SocketException e)
        {
            _socket.Dispose();
            throw Gone(e);
        }
        catch (IOException)
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <summary>Where the fields of the next request are put; cleared by whoever begins one.</summary>
    public ByteBuffer Request { get; } = new();

    /// <summary>True once a call was broken off: the connection cannot be used again.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Sends <see cref="Request"/> and returns the reply's fields, valid until the next call.</summary>
    /// <exception cref="BridgeFaultException">The JVM answered with a failure.</exception>
    /// <exception cref="IOException">The JVM is gone.</exception>
    public ReadOnlySpan<byte> Ask(BridgeOperation operation)
    {
        bool done = false;
        try
        {
            Send((int)operation);
            int answer = Receive();
            done = true;
            ReadOnlySpan<byte> fields = _reply.AsSpan(0, _length);
            if (answer == Failed)
            {
                int kind = RequestFields.TakeInt32(ref fields), fault = RequestFields.TakeInt32(ref fields);
                throw new BridgeFaultException(kind, fault, RequestFields.TakeText(ref fields));
            }

            return fields;
        }
        catch (SocketException e)
        {
            throw Gone(e);
        }
        finally
        {
            IsBroken |= !done;
        }
    }

    public void Dispose() => _socket.Dispose();

    private void Send(int operation)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_header, Frame.Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(_header.AsSpan(4), Frame.Version);
        BinaryPrimitives.WriteUInt16LittleEndian(_header.AsSpan(6), (ushort)operation);
        BinaryPrimitives.WriteInt32LittleEndian(_header.AsSpan(8), Request.Length);
        BinaryPrimitives.WriteInt64LittleEndian(_header.AsSpan(12), 0);
        SendAll(_header);
        SendAll(Request.Written);
    }

    /// <summary>The next frame's operation; its fields are in the reply's memory.</summary>
    private int Receive()
    {
        Receive(_header, HeaderBytes);
        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(_header), length = BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(8));
        ushort version = BinaryPrimitives.ReadUInt16LittleEndian(_header.AsSpan(4));
        if (magic != Frame.Magic || version != Frame.Version || length > MostBytes || BinaryPrimitives.ReadInt64LittleEndian(_header.AsSpan(12)) != 0)
        {
            throw new IOException($"[bridge] the JVM sent {length} bytes in a frame of version {version}; yarndl.jar and yarndl must be of one release");
        }

        if (_reply.Length < length)
        {
            _reply = new byte[Math.Max(length, Math.Min(Array.MaxLength, 2L * _reply.Length))];
        }

        _length = (int)length;
        Receive(_reply, _length);
        return BinaryPrimitives.ReadUInt16LittleEndian(_header.AsSpan(6));
    }

    private void SendAll(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[_socket.Send(bytes)..];
        }
    }

    private void Receive(byte[] into, int count)
    {
        for (int at = 0; at < count;)
        {
            int n = _socket.Receive(into.AsSpan(at, count - at));
            at += n > 0 ? n : throw Gone(null);
        }
    }

    private static IOException Gone(Exception? e) => new("[bridge] the JVM ended or closed the connection; its log tells why", e);
}
