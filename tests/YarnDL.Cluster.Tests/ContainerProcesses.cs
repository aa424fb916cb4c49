using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace YarnDL.Cluster.Tests;

/// <summary>Processes of a cluster's containers, found by the cluster's folder in their environment, and signals to them.</summary>
internal sealed partial class ContainerProcesses(string folder)
{
    public const string ApplicationMaster = "org.apache.spark.deploy.yarn.ApplicationMaster", Executor = "YarnCoarseGrainedExecutorBackend", Driver = "yarndl/yarndl train", Worker = "yarndl/yarndl worker";

    private const int Stop = 19, Continue = 18, Kill = 9, Term = 15;

    /// <summary>Process ids whose command line holds the text; shells that only started it are left out.</summary>
    public int[] Find(string text) => [.. All().Where(p => p.Command.Contains(text, StringComparison.Ordinal) && !p.Command.Contains("bash", StringComparison.Ordinal)).Select(p => p.Id).Order()];

    /// <summary>What still runs in a container.</summary>
    public string[] InContainers() => [.. All().Where(p => p.Environment.Contains("CONTAINER_ID=", StringComparison.Ordinal)).Select(p => $"{p.Id} {p.Command}")];

    /// <summary>The process that started this one.</summary>
    public static int Parent(int id)
    {
        string stat = Read($"/proc/{id}/stat") ?? "0 (gone) Z 0";
        return int.Parse(stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    /// <summary>What anybody on the machine may read of the processes: arguments and environments.</summary>
    public string Everything() => string.Join('\n', All().Select(p => p.Command + p.Environment));

    public static void Pause(params IEnumerable<int> ids) => Signal(ids, Stop);

    public static void Resume(params IEnumerable<int> ids) => Signal(ids, Continue);

    public static void Terminate(int id) => Signal([id], Term);

    public static void KillNow(int id) => Signal([id], Kill);

    private static void Signal(IEnumerable<int> ids, int signal)
    {
        foreach (int id in ids)
        {
            _ = kill(id, signal);
        }
    }

    private IEnumerable<(int Id, string Command, string Environment)> All()
    {
        foreach (string p in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(p), out int id) && Read($"{p}/environ") is { } environment && environment.Contains(folder, StringComparison.Ordinal))
            {
                yield return (id, (Read($"{p}/cmdline") ?? "").Replace('\0', ' '), environment);
            }
        }
    }

    private static string? Read(string file)
    {
        try
        {
            return Encoding.Latin1.GetString(File.ReadAllBytes(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LibraryImport("libc")]
    private static partial int kill(int pid, int signal);
}
