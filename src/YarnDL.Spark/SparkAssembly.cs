namespace YarnDL.Spark;

/// <summary>Marks the assembly for the architecture test until the cluster half lands.</summary>
internal static class SparkAssembly;
