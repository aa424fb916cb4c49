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
        string[] avro = Directory.Exists($"{home}/extra") ? Directory.GetFiles($"{home}/extra", "spark-avro*.jar") : [];
        List<string> words =
        [
            $"{home}/bin/spark-submit", .. avro.SelectMany(a => (string[])["--jars", a]), "--master", "local[2]", "--class", "org.yarndl.spark.YarnDlMain", "--conf", $"spark.yarndl.executable={bundle}",
            "--conf", $"spark.sql.warehouse.dir={folder}/warehouse", "--conf", "spark.ui.enabled=false",
            "--conf", "spark.sql.catalogImplementation=hive", "--conf", "spark.hadoop.javax.jdo.option.ConnectionURL=jdbc:derby:memory:yarndl;create=true",
            "--conf", $"spark.hadoop.hive.exec.scratchdir={folder}/scratch", "--conf", $"spark.driver.extraJavaOptions=-Dderby.system.home={folder}", jar, .. driverArguments,
        ];
        var info = new ProcessStartInfo(words[0]) { WorkingDirectory = folder };
        words.Skip(1).ToList().ForEach(info.ArgumentList.Add);
        return Run(info);
    }

    /// <summary>Runs a program to its end; its code and all that it said.</summary>
    public static (int Code, string Log) Run(ProcessStartInfo info)
    {
        (info.RedirectStandardOutput, info.RedirectStandardError) = (true, true);
        SparkInstallation.Prepare(info);
        using Process process = Process.Start(info)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Longest))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{info.FileName} did not end within {Longest}\n{output.Result}\n{errors.Result}");
        }

        return (process.ExitCode, output.Result + errors.Result);
    }
}
