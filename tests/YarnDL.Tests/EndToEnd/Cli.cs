using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace YarnDL.Tests.EndToEnd;

/// <summary>The real executable, as a user starts it.</summary>
internal static class Cli
{
    public static string Executable { get; } = Path.Combine(AppContext.BaseDirectory, "YarnDL.Cli");

    public static CliResult Run(string folder, params string[] args) => Run(folder, new Dictionary<string, string>(), args);

    /// <summary>An executable that lies beside ours.</summary>
    public static CliResult RunOf(string program, string folder, params string[] args)
    {
        using Process p = Start(Path.Combine(AppContext.BaseDirectory, program), folder, new Dictionary<string, string>(), args);
        return Finish(p);
    }

    public static CliResult Run(string folder, IReadOnlyDictionary<string, string> environment, params string[] args)
    {
        using Process p = Start(folder, environment, args);
        return Finish(p);
    }

    private static CliResult Finish(Process p)
    {
        var error = new StringBuilder();
        p.ErrorDataReceived += (_, e) =>
        {
            if (e.Data is not null)
            {
                error.AppendLine(e.Data);
            }
        };
        p.BeginErrorReadLine();
        string output = p.StandardOutput.ReadToEnd();
        p.WaitForExit();
        return new CliResult(p.ExitCode, output, error.ToString());
    }

    public static Process Start(string folder, IReadOnlyDictionary<string, string> environment, params string[] args) => Start(Executable, folder, environment, args);

    private static Process Start(string program, string folder, IReadOnlyDictionary<string, string> environment, string[] args)
    {
        var info = new ProcessStartInfo(program) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string a in args)
        {
            info.ArgumentList.Add(a);
        }

        foreach ((string key, string value) in environment)
        {
            info.Environment[key] = value;
        }

        return Process.Start(info)!;
    }
}

/// <summary>How a command ended.</summary>
internal sealed record CliResult(int Code, string Output, string Error)
{
    public string All => Output + Error;

    /// <summary>The outcome: the last line of stdout.</summary>
    public JsonObject Outcome => JsonNode.Parse(Output.TrimEnd().Split('\n')[^1])!.AsObject();
}
