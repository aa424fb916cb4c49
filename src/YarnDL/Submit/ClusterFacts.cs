namespace YarnDL.Submit;

/// <summary>What the cluster said before a submission.</summary>
/// <param name="Bundle">The archive on the cluster's files.</param>
/// <param name="Nodes">Running nodes.</param>
/// <param name="Largest">The largest container, MiB; 0 = not known.</param>
/// <param name="VmemRatio">yarn.nodemanager.vmem-pmem-ratio; 0 = not checked.</param>
internal sealed record ClusterFacts(string Bundle, int Nodes, long Largest, double VmemRatio);
