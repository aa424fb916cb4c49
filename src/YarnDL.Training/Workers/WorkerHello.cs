using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace YarnDL.Training.Workers;

/// <summary>What a worker is told through its standard input, as one line of JSON. The secret never appears in arguments, environment or logs.</summary>
/// <param name="Secret">32 bytes.</param>
/// <param name="Port">Loopback port of the driver.</param>
/// <param name="Cores">Threads of the worker.</param>
/// <param name="Bytes">Memory it may use; 0 = not limited.</param>
public sealed record WorkerHello(byte[] Secret, int Port, int Cores, long Bytes)
{
    public const int SecretBytes = 32;

    private const int LongestLine = 4096;

    public static WorkerHello Create(int port, int cores, long bytes) => new(RandomNumberGenerator.GetBytes(SecretBytes), port, cores, bytes);

    public byte[] ToLine() => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["protocol"] = Frame.Version,
        ["secret"] = Convert.ToHexStringLower(Secret),
        ["port"] = Port,
        ["cores"] = Cores,
        ["bytes"] = Bytes,
    }.ToJsonString() + "\n");

    /// <summary>Reads the line, and not a byte more.</summary>
    /// <exception cref="ProtocolException">It ends early, is too long, or is not such a line.</exception>
    public static WorkerHello Read(Stream stdin)
    {
        var line = new List<byte>();
        for (int b = stdin.ReadByte(); b != '\n'; b = stdin.ReadByte())
        {
            if (b < 0 || line.Count == LongestLine)
            {
                throw new ProtocolException("[worker] standard input holds no hello line; a worker is started by a driver, not by hand");
            }

            line.Add((byte)b);
        }

        try
        {
            JsonNode json = JsonNode.Parse(line.ToArray())!;
            var hello = new WorkerHello(Convert.FromHexString((string)json["secret"]!), (int)json["port"]!, (int)json["cores"]!, (long)json["bytes"]!);
            int protocol = (int)json["protocol"]!;
            return protocol == Frame.Version && hello.Secret.Length == SecretBytes && hello.Port is > 0 and < 65536 && hello.Cores > 0 ? hello
                : throw new ProtocolException(string.Create(CultureInfo.InvariantCulture, $"[worker] the hello is of protocol {protocol}, or its values are out of range; this worker speaks {Frame.Version}"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or NullReferenceException or ArgumentException or OverflowException)
        {
            throw new ProtocolException("[worker] the first line of standard input is no hello; a worker is started by a driver, not by hand", e);
        }
    }
}
