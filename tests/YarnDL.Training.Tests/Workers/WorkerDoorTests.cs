using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using YarnDL.Training.Engines;
using YarnDL.Training.Workers;

namespace YarnDL.Training.Tests.Workers;

/// <summary>Who knocks at the driver's port without being one of its workers gets nothing and delays nobody.</summary>
public sealed class WorkerDoorTests : IDisposable
{
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(WorkerHello.SecretBytes);
    private readonly BlockingCollection<WorkerLink> _accepted = [];
    private readonly ConcurrentQueue<string> _notices = [];
    private readonly WorkerListener _listener;

    public WorkerDoorTests() => _listener = new WorkerListener(_secret, TimeSpan.FromSeconds(2), l => _accepted.Add(l), n => _notices.Enqueue(n));

    public void Dispose()
    {
        _listener.Dispose();
        foreach (WorkerLink l in _accepted)
        {
            l.Dispose();
        }
    }

    [Fact]
    public void The_right_secret_is_let_in()
    {
        using Socket socket = Connect(_listener.Port);
        using var stream = new NetworkStream(socket);
        WorkerProcess.SayHello(stream, _secret);
        Assert.Equal(Environment.ProcessId, _accepted.Take().Process);
        Assert.Equal(0, _listener.Refused);
    }

    [Fact]
    public void A_wrong_secret_is_refused_and_told_once_without_the_secret()
    {
        for (int i = 0; i < 3; i++)
        {
            byte[] wrong = (byte[])_secret.Clone();
            wrong[31] ^= 1;
            using Socket socket = Connect(_listener.Port);
            using var stream = new NetworkStream(socket);
            Assert.ThrowsAny<IOException>(() => WorkerProcess.SayHello(stream, wrong));
        }

        Assert.Contains("wrong secret", Assert.Single(_notices), StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexStringLower(_secret)[..16], _notices.First(), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(_accepted);
    }

    [Fact]
    public void A_secret_that_is_too_short_is_refused()
    {
        using Socket socket = Connect(_listener.Port);
        using var stream = new NetworkStream(socket);
        Assert.ThrowsAny<IOException>(() => WorkerProcess.SayHello(stream, _secret[..31]));
        Assert.Empty(_accepted);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("YDLWxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")]
    public void Garbage_is_refused(string bytes)
    {
        using Socket socket = Connect(_listener.Port);
        socket.Send(System.Text.Encoding.Latin1.GetBytes(bytes));
        AssertClosed(socket);
        Assert.Single(_notices);
    }

    [Theory]
    [InlineData(Frame.HelloLimit + 1, 0)]
    [InlineData(int.MaxValue, 0)]
    [InlineData(64, 1L << 40)]
    public void A_frame_longer_than_a_hello_may_be_is_refused_by_its_header(int head, long tail)
    {
        using Socket socket = Connect(_listener.Port);
        socket.Send(Header(Operation.Hello, head, tail));
        AssertClosed(socket);
        Assert.Contains("at most", Assert.Single(_notices), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_version_and_an_order_before_the_hello_are_refused()
    {
        byte[] newer = Header(Operation.Hello, 0, 0);
        newer[4] = 9;
        foreach (byte[] bytes in (byte[][])[newer, Header(Operation.Work, 0, 0), Header((Operation)4711, 0, 0)])
        {
            using Socket socket = Connect(_listener.Port);
            socket.Send(bytes);
            AssertClosed(socket);
        }

        Assert.Empty(_accepted);
    }

    [Fact]
    public void A_connection_that_says_nothing_delays_nobody_and_is_closed()
    {
        using Socket silent = Connect(_listener.Port);
        using Socket slow = Connect(_listener.Port);
        slow.Send(Header(Operation.Hello, 100, 0)[..7]);
        using Socket good = Connect(_listener.Port);
        using var stream = new NetworkStream(good);
        WorkerProcess.SayHello(stream, _secret);
        _accepted.Take();
        AssertClosed(silent);
        AssertClosed(slow);
        Assert.Contains("in time", Assert.Single(_notices), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_under_attack_gives_the_same_bits()
    {
        using var training = new SmallTraining();
        using var engine = new ProcessEngine(new ProcessEngineOptions { Workers = 2, ThreadsPerWorker = 1, Command = SmallTraining.WorkerCommand, HelloTimeout = TimeSpan.FromSeconds(2) });
        var open = new List<Socket>();
        var recorder = new Recorder(r =>
        {
            Socket s = Connect(engine.Port);
            open.Add(s);
            if (r.Step % 2 == 0)
            {
                s.Send(RandomNumberGenerator.GetBytes(100));
                AssertClosed(s);
            }
        });
        TrainingResult result = SmallTraining.Fit(training.Run("run", engine), recorder);
        open.ForEach(s => s.Dispose());
        Assert.Equal(2, engine.Workers.Count);
        Assert.True(engine.Refused >= SmallTraining.Steps / 2);
        Assert.Single(recorder.Notices);
        Assert.Equal(training.Reference(), SmallTraining.Weights(result));
    }

    internal static byte[] Header(Operation operation, int head, long tail)
    {
        var bytes = new byte[20];
        BitConverter.TryWriteBytes(bytes, Frame.Magic);
        BitConverter.TryWriteBytes(bytes.AsSpan(4), Frame.Version);
        BitConverter.TryWriteBytes(bytes.AsSpan(6), (ushort)operation);
        BitConverter.TryWriteBytes(bytes.AsSpan(8), head);
        BitConverter.TryWriteBytes(bytes.AsSpan(12), tail);
        return bytes;
    }

    private static Socket Connect(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }

    /// <summary>Waits for the other side to close.</summary>
    private static void AssertClosed(Socket socket)
    {
        try
        {
            Assert.Equal(0, socket.Receive(new byte[16]));
        }
        catch (SocketException e)
        {
            Assert.Equal(SocketError.ConnectionReset, e.SocketErrorCode);
        }
    }
}
