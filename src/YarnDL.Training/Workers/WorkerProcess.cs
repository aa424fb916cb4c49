using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.InteropServices;
using YarnDL.Data.Features;
using YarnDL.Data.Files;
using YarnDL.Tensors;

namespace YarnDL.Training.Workers;

/// <summary>The worker process: <c>yarndl worker</c>.</summary>
public static class WorkerProcess
{
    /// <summary>Reads the hello (secret, port, cores, bytes) from the stream, connects to the driver and serves it until Stop or the end of the stream.</summary>
    /// <returns>The process's exit code: 0, or 1 when the driver does not keep to the protocol.</returns>
    /// <param name="stdin">Standard input.</param>
    /// <param name="shared">Makes the store of blocks that all workers see (HDFS); null: there is none.</param>
    /// <param name="registry">Features by name; null: those of this release.</param>
    public static int Run(Stream stdin, Func<WorkerHello, IFileStore>? shared = null, FeatureRegistry? registry = null)
    {
        try
        {
            var hello = WorkerHello.Read(stdin);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Connect(IPAddress.Loopback, hello.Port);
            EndWith(stdin, socket);

            // Ctrl-C reaches every process of the terminal; the driver decides what it means.
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, c => c.Cancel = true);
            using var stream = new NetworkStream(socket);
            SayHello(stream, hello.Secret);
            using var pool = new ComputePool(hello.Cores);
            using var server = new WorkerServer(stream, pool, shared is null ? null : () => shared(hello), registry);
            server.Serve();
            return 0;
        }
        catch (ProtocolException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or FileStoreException)
        {
            // The driver is gone, or ends the run: nobody is left to tell.
            return 0;
        }
    }

    /// <summary>Who this worker is: secret, process id, release, kernel set, kernel path.</summary>
    internal static void SayHello(Stream stream, byte[] secret)
    {
        Frame.Send(stream, Operation.Hello, new HeadWriter().Bytes(secret).Int(Environment.ProcessId).Text(Release).Text(KernelSet.Name).Text(CpuPath.Name));
        if (Frame.Receive(stream, Frame.HelloLimit, 0).Operation != Operation.Welcome)
        {
            throw new ProtocolException("[worker] the driver did not answer the hello");
        }
    }

    /// <summary>The release of this process, as its hello says it.</summary>
    public static string Release { get; } = typeof(WorkerProcess).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    /// <summary>Standard input ends when the parent does, however it dies: then the connection is closed, and the worker with it.</summary>
    private static void EndWith(Stream stdin, Socket socket) => new Thread(() =>
    {
        try
        {
            while (stdin.ReadByte() >= 0)
            {
            }
        }
        catch (IOException)
        {
        }

        socket.Dispose();
    })
    { IsBackground = true, Name = "parent" }.Start();
}
