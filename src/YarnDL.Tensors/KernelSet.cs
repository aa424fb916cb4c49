namespace YarnDL.Tensors;

/// <summary>Backend and version of its arithmetic: the version is raised whenever any bit of a result changes. The CPU's vector width is no part of it.</summary>
public static class KernelSet
{
    /// <summary>Written into checkpoints and manifests; a resume on another one is refused.</summary>
    public const string Name = "managed/2";
}
