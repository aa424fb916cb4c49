using YarnDL.Testing;

namespace YarnDL.Spark.Tests;

/// <summary>Starts Spark, which starts this program again as its driver; the tests of the namespace Inside run there.</summary>
public sealed class SparkApplicationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("yarndl-spark-").FullName;

    [Fact]
    public void Files_tables_and_steps_work_inside_a_Spark_application()
    {
        (int code, string log) = SparkStack.Submit(_folder, "-namespace", "YarnDL.Spark.Tests.Inside", "-noLogo", "-noColor");
        Assert.True(code == 0, log);
        foreach (string line in log.Split('\n').Where(l => l.StartsWith("suite ", StringComparison.Ordinal)))
        {
            Console.WriteLine(line);
        }

        Assert.Matches("Total: [1-9][0-9]*, Errors: 0, Failed: 0, Skipped: 0", log);
    }

    [Fact]
    public void The_code_of_a_driver_that_failed_is_the_code_of_spark_submit()
    {
        (int code, string log) = SparkStack.Submit(_folder, "-no-such-option");
        Assert.True(code is not 0 and not 137, log);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
