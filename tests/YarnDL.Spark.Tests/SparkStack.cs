using System.Diagnostics;
using YarnDL.Testing;

namespace YarnDL.Spark.Tests;

/// <summary>Spark on this machine: SPARK_HOME, or the shared stack; and yarndl.jar, which `./build.sh am` makes.</summary>
internal static class SparkStack
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>Runs yarndl.jar in one JVM with a bundle whose driver is this test program and whose workers are yarndl.</summary>
    public static (int Code, string Log) Submit(string folder, params string[] driverArguments)
    {
        string jar = SparkInstallation.Jar;
        string bundle = Path.Combine(folder, "yarndl");
        string own = Path.Combine(AppContext.BaseDirectory, "YarnDL.Spark.Tests"), cli = Path.Combine(AppContext.BaseDirectory, "YarnDL.Cli");
        File.WriteAllText(bundle, $"#!/bin/sh\nif [ \"$1\" = worker ]; then exec '{cli}' worker; fi\nexec '{own}' \"$@\"\n");
        File.SetUnixFileMode(bundle, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string home = SparkInstallation.Home;
        List<string> words =
        [
            $"{home}/bin/spark-submit", "--master", "local[2]", "--class", "org.yarndl.spark.YarnDlMain", "--conf", $"spark.yarndl.executable={bundle}",
            "--conf", $"spark.sql.warehouse.dir={folder}/warehouse", "--conf", "spark.ui.enabled=false", jar, .. driverArguments,
        ];
        return Run(folder, words);
    }

    private static (int Code, string Log) Run(string folder, List<string> words)
    {
        var info = new ProcessStartInfo(words[0]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        words.Skip(1).ToList().ForEach(info.ArgumentList.Add);
        SparkInstallation.Prepare(info);
        using Process process = Process.Start(info)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Longest))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"spark-submit did not end within {Longest}\n{output.Result}\n{errors.Result}");
        }

        return (process.ExitCode, output.Result + errors.Result);
    }
}
