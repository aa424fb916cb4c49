using System.Diagnostics;
using System.Text;

namespace YarnDL.Chaos;

/// <summary>One `yarndl train` process that can be killed.</summary>
internal sealed class ChildRun : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _log = new();
    private readonly ManualResetEventSlim _training = new();

    private ChildRun(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, e) => Append(e.Data);
        process.ErrorDataReceived += (_, e) => Append(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    public static ChildRun Start(string job, string output, int workers)
    {
        string cli = Path.Combine(AppContext.BaseDirectory, "YarnDL.Cli");
        var info = new ProcessStartInfo(cli)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(job)!,
        };
        foreach (string a in new[] { "train", job, "--set", $"output={output}", "--set", $"train.workers={workers}", "--resume" })
        {
            info.ArgumentList.Add(a);
        }

        return new ChildRun(Process.Start(info)!);
    }

    /// <summary>True when the process ended by itself within the time.</summary>
    public bool WaitFor(int milliseconds) => _process.WaitForExit(milliseconds);

    /// <summary>Returns when the first step is about to run, or the process has ended.</summary>
    public void WaitForTraining()
    {
        while (!_training.Wait(50) && !_process.HasExited)
        {
        }
    }

    public int Wait()
    {
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public void KillOneWorker(int which)
    {
        int[] workers = Children(_process.Id);
        if (workers.Length > 0)
        {
            Kill(workers[which % workers.Length]);
        }
    }

    /// <summary>kill -9 of the driver only; its workers must notice by themselves. Returns how many were still there after 10 seconds.</summary>
    public int KillAll()
    {
        int[] workers = Children(_process.Id);
        Kill(_process.Id);
        _process.WaitForExit();
        var clock = Stopwatch.StartNew();
        while (workers.Any(Alive) && clock.Elapsed.TotalSeconds < 10)
        {
            Thread.Yield();
        }

        return workers.Count(Alive);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(true);
        }

        _process.Dispose();
        _training.Dispose();
    }

    private static void Kill(int pid)
    {
        try
        {
            using var p = Process.GetProcessById(pid);
            p.Kill(); // SIGKILL
        }
        catch (ArgumentException)
        {
            // It ended by itself.
        }
    }

    private static bool Alive(int pid)
    {
        string stat = $"/proc/{pid}/stat";
        try
        {
            return File.Exists(stat) && !File.ReadAllText(stat).Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static int[] Children(int pid)
    {
        List<int> found = [];
        foreach (string d in Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(d), out int child))
            {
                try
                {
                    string stat = File.ReadAllText(Path.Combine(d, "stat"));
                    string[] rest = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                    if (int.Parse(rest[1]) == pid)
                    {
                        found.Add(child);
                    }
                }
                catch (IOException)
                {
                    // It ended meanwhile.
                }
            }
        }

        return [.. found];
    }

    private void Append(string? line)
    {
        if (line is not null)
        {
            lock (_log)
            {
                _log.AppendLine(line);
                if (line == "training")
                {
                    _training.Set();
                }
            }
        }
    }
}
