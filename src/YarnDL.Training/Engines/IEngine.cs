namespace YarnDL.Training.Engines;

/// <summary>Decides where shards run, and nothing else: every engine gives the same bits.</summary>
public interface IEngine : IDisposable
{
    /// <summary>As users read it: "local, 2 threads".</summary>
    string Description { get; }
}
