namespace YarnDL.Spark;

/// <summary>The Spark application around this process.</summary>
/// <param name="SparkVersion">Such as 3.5.7.</param>
/// <param name="Master">yarn, local[4], ...</param>
/// <param name="DeployMode">cluster or client.</param>
/// <param name="Id">As the scheduler knows it.</param>
/// <param name="DefaultFileSystem">Where paths without a scheme are.</param>
/// <param name="Executors">Executors that are there now.</param>
/// <param name="Attempt">1, and more when YARN started the application again.</param>
/// <param name="Milliseconds">Since the JVM began.</param>
public sealed record SparkApplication(string SparkVersion, string Master, string DeployMode, string Id, string DefaultFileSystem, int Executors, int Attempt, long Milliseconds);
