// One application has one engine at a time, and a test outside starts an application of its own.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace YarnDL.Spark.Tests.Inside;

/// <summary>The one driver of this process; tests are skipped when no JVM started it.</summary>
internal static class SparkSession
{
    private static readonly Lazy<SparkDriver?> Driver = new(SparkDriver.Attach);

    public static SparkDriver Require()
    {
        Assert.SkipWhen(Driver.Value is null, "runs inside a Spark application");
        return Driver.Value!;
    }
}
