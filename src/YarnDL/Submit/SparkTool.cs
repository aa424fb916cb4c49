using System.ComponentModel;
using System.Diagnostics;
using YarnDL.Jobs;

namespace YarnDL.Submit;

/// <summary>spark-submit on this machine, and what lies in the distribution beside yarndl.</summary>
internal sealed class SparkTool
{
    private const string ToolClass = "org.yarndl.spark.ClusterTool";

    private readonly string _submit;
    private readonly string[] _login;

    /// <param name="jar">yarndl.jar; null = of the distribution.</param>
    /// <param name="login">--principal, --keytab, --proxy-user and their values, for what is asked of the cluster.</param>
    /// <exception cref="JobException">Spark or the jar is not there.</exception>
    public SparkTool(string? jar, params string[] login)
    {
        _login = login;
        _submit = FindSubmit();
        Jar = jar is not null ? Existing("--jar", jar) : InDistribution("yarndl.jar", "--jar");
    }

    public string Jar { get; }

    /// <summary>Folders of the distribution: YARNDL_HOME, the executable's folder and the one above it.</summary>
    private static IEnumerable<string> Folders()
    {
        if (Environment.GetEnvironmentVariable("YARNDL_HOME") is { Length: > 0 } home)
        {
            yield return home;
        }

        yield return AppContext.BaseDirectory;
        yield return Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, ".."));
    }

    public static string? Find(string name) => Folders().Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists);

    public static string InDistribution(string name, string option) => Find(name)
        ?? throw new JobException($"[submit] {name} is not in {string.Join(", ", Folders().Distinct())}; unpack the whole distribution, set YARNDL_HOME, or give {option}");

    public static string Existing(string option, string file) => File.Exists(file) ? Path.GetFullPath(file) : throw new JobException($"[submit] {option} {file} does not exist");

    /// <summary>Asks the cluster; the answers by name, each a list of fields, also told as they come. Other lines go to <paramref name="other"/>.</summary>
    /// <exception cref="IOException">The cluster could not be asked; the message holds why.</exception>
    public List<string[]> Ask(CancellationToken cancellation, Action<string>? other, Action<string[]>? told, params string[] arguments)
    {
        List<string[]> answers = [];
        List<string> errors = [];
        int code = Run(["--master", "local[1]", "--class", ToolClass, "--conf", "spark.ui.enabled=false", .. _login, Jar, .. arguments], line =>
        {
            if (line.StartsWith("YARNDL ", StringComparison.Ordinal))
            {
                answers.Add(line[7..].Split('\t'));
                told?.Invoke(answers[^1]);
            }
            else
            {
                other?.Invoke(line);
            }
        }, errors.Add, cancellation);
        return code == 0 ? answers : throw new IOException(
            $"[submit] the cluster could not be asked: {errors.LastOrDefault(e => e.Contains("Exception", StringComparison.Ordinal)) ?? errors.LastOrDefault() ?? $"code {code}"}; look at HADOOP_CONF_DIR");
    }

    /// <summary>Runs spark-submit, line by line; ends it when cancelled.</summary>
    public int Run(IEnumerable<string> arguments, Action<string> output, Action<string> error, CancellationToken cancellation)
    {
        ProcessStartInfo info = new(_submit) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (string a in arguments)
        {
            info.ArgumentList.Add(a);
        }

        // Where this very program was started as a driver, its own variables are no business of the next.
        info.Environment.Remove("YARNDL_BRIDGE");
        using Process process = Start(info);
        process.StandardInput.Close();
        process.OutputDataReceived += (_, e) => { if (e.Data is { } line) { output(line); } };
        process.ErrorDataReceived += (_, e) => { if (e.Data is { } line) { error(line); } };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using (cancellation.Register(() => Stop(process)))
        {
            process.WaitForExit();
        }

        cancellation.ThrowIfCancellationRequested();
        return process.ExitCode;
    }

    private static void Stop(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    private static Process Start(ProcessStartInfo info)
    {
        try
        {
            return Process.Start(info)!;
        }
        catch (Win32Exception e)
        {
            throw new JobException($"[submit] {info.FileName} cannot be started: {e.Message}; set SPARK_HOME", e);
        }
    }

    private static string FindSubmit()
    {
        if (Environment.GetEnvironmentVariable("SPARK_HOME") is { Length: > 0 } home)
        {
            string there = Path.Combine(home, "bin", "spark-submit");
            return File.Exists(there) ? there : throw new JobException($"[submit] SPARK_HOME is {home}, which has no bin/spark-submit; set it to a Spark distribution");
        }

        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(p => Path.Combine(p, "spark-submit")).FirstOrDefault(File.Exists)
            ?? throw new JobException("[submit] spark-submit is neither in SPARK_HOME nor on the PATH; set SPARK_HOME to a Spark distribution");
    }
}
