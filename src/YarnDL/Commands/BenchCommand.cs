using System.CommandLine;

namespace YarnDL.Commands;

/// <summary><c>yarndl bench cluster</c>: what this cluster costs, inside a Spark application.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        Option<int?> steps = new("--steps") { Description = "Steps of the small training; 200 if not said.", HelpName = "n" };
        Option<int?> rows = new("--rows") { Description = "Rows that are read and written; 100,000 if not said.", HelpName = "n" };
        Command cluster = new("cluster", "Milliseconds of a step beside an empty Spark job, rows per second from SQL to blocks and into a table. Give these words to yarndl.jar: spark-submit ... yarndl.jar bench cluster") { steps, rows };
        cluster.SetAction(p => Execution.Of(cluster, p, s => ClusterBench.Run(s, p.GetValue(steps) ?? 200, p.GetValue(rows) ?? 100_000)));
        Command c = new("bench", "Measure this place.") { cluster };
        return c.WithExamples("yarndl bench cluster --steps 500      inside a Spark application: spark-submit --master yarn --archives yarndl.tgz#yarndl ... yarndl.jar bench cluster");
    }
}
