namespace YarnDL.Training.Engines;

/// <summary>All shards in this process.</summary>
/// <param name="threads">Threads of the compute pool; 0 = all cores.</param>
/// <param name="prefetch">Read the next step's rows while this one computes.</param>
public sealed class LocalEngine(int threads = 0, bool prefetch = true) : IEngine
{
    public string Description => $"local, {(threads > 0 ? threads : Environment.ProcessorCount)} threads{(prefetch ? "" : ", no prefetch")}";

    public void Dispose()
    {
    }
}
