using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace YarnDL.Cluster.Tests;

/// <summary>A program that runs beside the test, what it printed so far, and how it ended.</summary>
internal sealed class Command : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private readonly Process _process;
    private readonly StringBuilder _text = new();

    public Command(ProcessStartInfo info)
    {
        (info.RedirectStandardOutput, info.RedirectStandardError, info.RedirectStandardInput) = (true, true, true);
        _process = Process.Start(info)!;
        _process.StandardInput.Close();
        _process.OutputDataReceived += Add;
        _process.ErrorDataReceived += Add;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public string Text
    {
        get
        {
            lock (_text)
            {
                return _text.ToString();
            }
        }
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Waits for the end and returns the code.</summary>
    public int Wait()
    {
        if (!_process.WaitForExit(Longest))
        {
            _process.Kill(entireProcessTree: true);
            Assert.Fail($"{_process.StartInfo.FileName} did not end within {Longest}\n{Text}");
        }

        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>The outcome line of yarndl, last on stdout.</summary>
    public JsonObject Outcome() => (JsonObject)JsonNode.Parse(Text.Split('\n').Last(l => l.StartsWith("{\"outcome\"", StringComparison.Ordinal)))!;

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private void Add(object sender, DataReceivedEventArgs e)
    {
        if (e.Data is { } line)
        {
            lock (_text)
            {
                _text.Append(line).Append('\n');
            }
        }
    }
}
