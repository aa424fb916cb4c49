using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using YarnDL.Training.Workers;

namespace YarnDL.Training.Engines;

/// <summary>Starts worker processes: the hello goes through standard input, which stays open as long as the driver lives.</summary>
internal static class WorkerSpawner
{
    /// <exception cref="TrainingException">The program cannot be started.</exception>
    public static Process Start(IReadOnlyList<string>? command, WorkerHello hello)
    {
        IReadOnlyList<string> words = command ?? OwnCommand();
        var info = new ProcessStartInfo(words[0]) { RedirectStandardInput = true, UseShellExecute = false };
        foreach (string word in words.Skip(1))
        {
            info.ArgumentList.Add(word);
        }

        try
        {
            Process process = Process.Start(info)!;
            process.StandardInput.BaseStream.Write(hello.ToLine());
            process.StandardInput.BaseStream.Flush();
            return process;
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException)
        {
            throw new TrainingException(TrainingFault.Resources, $"[engine] the worker {words[0]} cannot be started: {e.Message}; look at the path and its permissions", e);
        }
    }

    /// <summary>This executable; where dotnet hosts a dll, that dll.</summary>
    private static string[] OwnCommand()
    {
        string path = Environment.ProcessPath ?? throw new TrainingException(TrainingFault.Resources, "[engine] the path of this executable is unknown; give the worker's command");
        return Path.GetFileNameWithoutExtension(path) == "dotnet" ? [path, Assembly.GetEntryAssembly()!.Location, "worker"] : [path, "worker"];
    }
}
