using System.Diagnostics;
using System.Text.Json;

namespace YarnDL.Tests.Commands;

/// <summary>Runs the command line, in process or as the real executable, and keeps what it said.</summary>
public sealed record CommandLine(int Code, string Out, string Error)
{
    /// <summary>The last line on stdout, which must be one line of JSON.</summary>
    public JsonElement Outcome => JsonDocument.Parse(LastLine).RootElement;

    public string LastLine => Out.TrimEnd('\n').Split('\n')[^1];

    public static CommandLine InProcess(params string[] args)
    {
        StringWriter output = new() { NewLine = "\n" };
        StringWriter error = new() { NewLine = "\n" };
        int code = YarnDlHost.Run(args, output, error);
        return new(code, output.ToString(), error.ToString());
    }

    public static CommandLine Executable(string folder, params string[] args)
    {
        ProcessStartInfo start = new(Path.Combine(AppContext.BaseDirectory, "YarnDL.Cli"), args)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        using Process p = Process.Start(start)!;
        Task<string> error = p.StandardError.ReadToEndAsync();
        string output = p.StandardOutput.ReadToEnd();
        p.WaitForExit();
        return new(p.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
