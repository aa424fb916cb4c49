using System.Diagnostics;
using Xunit;

namespace YarnDL.Testing;

/// <summary>Spark and what runs on it: SPARK_HOME, or the shared stack; and what `./build.sh am` and `./build.sh pack` make.</summary>
public static class SparkInstallation
{
    private static readonly Lazy<string> Unpacked = new(Unpack);

    /// <summary>The folder of Spark; skips the test when neither is there.</summary>
    public static string Home => Environment.GetEnvironmentVariable("SPARK_HOME") is { Length: > 0 } home ? home : Unpacked.Value;

    /// <summary>yarndl.jar; skips the test when it is not built.</summary>
    public static string Jar => Built("am/spark/target/yarndl.jar", "yarndl.jar is not built; run ./build.sh am");

    /// <summary>A file that the build makes; skips the test when it is missing.</summary>
    public static string Built(string path, string reason)
    {
        string file = Path.Combine(SharedFolder.Root, path);
        Assert.SkipUnless(File.Exists(file), reason);
        return file;
    }

    /// <summary>What a JVM of Spark needs in its environment on a machine whose name does not resolve.</summary>
    public static void Prepare(ProcessStartInfo info)
    {
        info.Environment["SPARK_HOME"] = Home;
        info.Environment["SPARK_LOCAL_IP"] = "127.0.0.1";
        info.Environment["SPARK_LOCAL_HOSTNAME"] = "localhost";
        info.Environment["SPARK_SUBMIT_OPTS"] = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";
    }

    private static string Unpack()
    {
        string setup = SharedFolder.Require("jvm", "setup.sh");
        using Process process = Process.Start(new ProcessStartInfo(setup, "--print-home") { RedirectStandardOutput = true })!;
        string printed = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return Path.Combine(printed, "spark-home");
    }
}
