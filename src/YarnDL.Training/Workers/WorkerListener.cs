using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using YarnDL.Tensors;

namespace YarnDL.Training.Workers;

/// <summary>
/// The driver's door: loopback only. Whoever connects has a few seconds and 4 KiB to say the secret; all others are closed, and the first of them
/// is told once. Each connection has its own thread until it has said hello, so that a slow one delays nobody.
/// </summary>
internal sealed class WorkerListener : IDisposable
{
    private const int MostAtOnce = 64;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _secret;
    private readonly TimeSpan _helloTimeout;
    private readonly Action<WorkerLink> _accepted;
    private readonly Action<string> _notice;
    private int _pending;
    private int _refused;
    private int _told;

    /// <param name="secret">32 bytes that a worker must say.</param>
    /// <param name="helloTimeout">How long a connection may take for its hello.</param>
    /// <param name="accepted">Gets each worker, on a thread of its own.</param>
    /// <param name="notice">Told of the first refusal.</param>
    public WorkerListener(byte[] secret, TimeSpan helloTimeout, Action<WorkerLink> accepted, Action<string> notice)
    {
        _secret = secret;
        _helloTimeout = helloTimeout;
        _accepted = accepted;
        _notice = notice;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        new Thread(Accept) { IsBackground = true, Name = "worker door" }.Start();
    }

    public int Port { get; }

    /// <summary>Connections refused so far.</summary>
    public int Refused => Volatile.Read(ref _refused);

    public void Dispose() => _listener.Dispose();

    private void Accept()
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = _listener.AcceptSocket();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            if (Interlocked.Increment(ref _pending) > MostAtOnce)
            {
                Interlocked.Decrement(ref _pending);
                Refuse($"more than {MostAtOnce} connections have not said hello");
                socket.Dispose();
            }
            else
            {
                new Thread(() => Greet(socket)) { IsBackground = true, Name = "worker hello" }.Start();
            }
        }
    }

    private void Greet(Socket socket)
    {
        try
        {
            socket.NoDelay = true;
            using (new Timer(s => ((Socket)s!).Dispose(), socket, _helloTimeout, Timeout.InfiniteTimeSpan))
            {
                _accepted(Check(socket));
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            Refuse(e is ProtocolException ? e.Message : "no hello came in time");
            socket.Dispose();
        }
        finally
        {
            Interlocked.Decrement(ref _pending);
        }
    }

    private WorkerLink Check(Socket socket)
    {
        var stream = new NetworkStream(socket, ownsSocket: true);
        Frame frame = Frame.Receive(stream, Frame.HelloLimit, 0);
        if (frame.Operation != Operation.Hello)
        {
            throw new ProtocolException($"[worker] {frame.Operation} came before the hello");
        }

        var r = new HeadReader(frame.Head);
        if (!CryptographicOperations.FixedTimeEquals(r.Bytes(), _secret))
        {
            throw new ProtocolException("[worker] a connection said a wrong secret");
        }

        int process = r.Int();
        string release = r.Text(), kernelSet = r.Text(), path = r.Text();
        r.End();
        if (release != WorkerProcess.Release || kernelSet != KernelSet.Name)
        {
            throw new ProtocolException($"[worker] process {process} is release {release} with kernel set {kernelSet}, the driver is {WorkerProcess.Release} with {KernelSet.Name}; they must be the same");
        }

        Frame.Send(stream, Operation.Welcome, new HeadWriter());
        return new WorkerLink(socket, stream, process, path);
    }

    private void Refuse(string why)
    {
        // Told before it is counted: who sees the count has been told.
        if (Interlocked.Exchange(ref _told, 1) == 0)
        {
            _notice($"[worker] a connection to the driver's port was refused: {why}; further ones are not told");
        }

        Interlocked.Increment(ref _refused);
    }
}
