using System.CommandLine;
using YarnDL.Submit;

namespace YarnDL.Commands;

/// <summary><c>yarndl submit</c>, and <c>status</c>, <c>logs</c>, <c>kill</c> for what was submitted.</summary>
internal static class SubmitCommand
{
    public static Command Create()
    {
        Argument<string> job = new("job") { Description = "The job file: a local file, or one on any Hadoop file system (hdfs://...)." };
        Option<string?> command = Text("--command", "train (default), score or evaluate.", "name").AcceptOnlyFromAmong("train", "score", "evaluate");
        Option<string?> master = Text("--master", "yarn (default), local[N] or local-cluster[N,CORES,MB].", "master");
        Option<string?> mode = Text("--deploy-mode", "cluster (default) or client.", "mode").AcceptOnlyFromAmong("cluster", "client");
        Option<int?> executors = new("--num-executors") { Description = "Executors; any number gives the same model.", HelpName = "n" };
        Option<int?> cores = new("--executor-cores") { Description = "Cores of each executor.", HelpName = "n" };
        Option<string?> executorMemory = Text("--executor-memory", "Heap of an executor's JVM; 512m if not said.", "size");
        Option<string?> driverMemory = Text("--driver-memory", "Heap of the driver's JVM; 512m if not said.", "size");
        Option<string?> dotnet = Text("--dotnet-memory", ".NET memory in each container, beside the JVM; 1g if not said. memoryOverhead is computed from it.", "size");
        Option<string?> queue = Text("--queue", "YARN queue.", "name");
        Option<string[]> tags = Many("--tag", "A tag of the application. May be given again.", "tag");
        Option<int?> priority = new("--priority") { Description = "Priority of the application in its queue.", HelpName = "n" };
        Option<string?> label = Text("--node-label", "Node label expression for all containers.", "label");
        Option<string?> proxy = Text("--proxy-user", "Submit as this user.", "user");
        Option<string?> principal = Principal(), keytab = Keytab();
        Option<string[]> conf = Many("--conf", "A Spark property. May be given again.", "key=value");
        Option<string[]> files = Many("--files", "A file that the run finds by its name. May be given again.", "file");
        Option<string[]> set = CommonOptions.Set();
        Option<string?> runId = CommonOptions.RunId();
        Option<bool> resume = new("--resume") { Description = "Continue an interrupted run; a run with --run-id always does." };
        Option<bool> dry = new("--dry-run") { Description = "Check the job and print the spark-submit line; nothing is uploaded or started." };
        Option<bool> noWait = new("--no-wait") { Description = "End once YARN has the application." };
        Option<string?> jar = Jar(), archive = Text("--archive", "yarndl.tgz; by default the distribution's.", "file");
        Command c = new("submit", "Run a job file on YARN: checks it, sizes the containers, uploads the bundle once, calls spark-submit, follows the application, and ends with the run's own code.")
        {
            job, command, master, mode, executors, cores, executorMemory, driverMemory, dotnet, queue, tags, priority, label, proxy, principal, keytab, conf, files, set, runId, resume, dry, noWait, jar, archive,
        };
        c.SetAction(p => Execution.Of(c, p, s => SubmitRun.Run(s, new SubmitRequest
        {
            Job = p.GetValue(job)!,
            Command = p.GetValue(command) ?? "train",
            Master = p.GetValue(master) ?? "yarn",
            DeployMode = p.GetValue(mode) ?? "cluster",
            Executors = p.GetValue(executors),
            ExecutorCores = p.GetValue(cores),
            ExecutorMemory = p.GetValue(executorMemory),
            DriverMemory = p.GetValue(driverMemory),
            DotnetMemory = p.GetValue(dotnet),
            Queue = p.GetValue(queue),
            Tags = p.GetValue(tags)!,
            Priority = p.GetValue(priority),
            NodeLabel = p.GetValue(label),
            ProxyUser = p.GetValue(proxy),
            Principal = p.GetValue(principal),
            Keytab = p.GetValue(keytab),
            Conf = p.GetValue(conf)!,
            Files = p.GetValue(files)!,
            Settings = p.GetValue(set)!,
            RunId = p.GetValue(runId),
            Resume = p.GetValue(resume),
            DryRun = p.GetValue(dry),
            NoWait = p.GetValue(noWait),
        }, p.GetValue(jar), p.GetValue(archive))));
        return c.WithExamples(
            "yarndl submit job.yaml --num-executors 4 --executor-cores 2",
            "yarndl submit job.yaml --run-id 2026-11-21 --queue research     a second time: done already, or continued",
            "yarndl submit job.yaml --command score                          as the job's score section says",
            "yarndl submit job.yaml --dry-run                                prints the spark-submit line");
    }

    /// <summary>status, logs or kill.</summary>
    public static Command Create(string verb, string description)
    {
        Argument<string> run = new("run") { Description = "The --run-id of a submission, or an application's id." };
        Option<string?> principal = Principal(), keytab = Keytab(), jar = Jar();
        Command c = new(verb, description) { run, principal, keytab, jar };
        c.SetAction(p => Execution.Of(c, p, s => RunsRun.Run(s, verb, p.GetValue(run)!, p.GetValue(jar),
            p.GetValue(principal) is { } who && p.GetValue(keytab) is { } file ? ["--principal", who, "--keytab", file] : [])));
        return c.WithExamples($"yarndl {verb} 2026-11-21");
    }

    private static Option<string?> Principal() => Text("--principal", "Kerberos principal, with --keytab.", "principal");

    private static Option<string?> Keytab() => Text("--keytab", "Kerberos keytab file.", "file");

    private static Option<string?> Jar() => Text("--jar", "yarndl.jar; by default the distribution's.", "file");

    private static Option<string?> Text(string name, string description, string help) => new(name) { Description = description, HelpName = help };

    private static Option<string[]> Many(string name, string description, string help) => new(name) { Description = description, HelpName = help, DefaultValueFactory = _ => [] };
}
