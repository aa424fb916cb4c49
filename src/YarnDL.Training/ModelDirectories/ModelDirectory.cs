using System.Text.Json.Nodes;
using YarnDL.Data.Files;
using YarnDL.Nn;

namespace YarnDL.Training.ModelDirectories;

/// <summary>A published model (docs/model-directory.md), opened for reading: every checksum has been compared.</summary>
public sealed class ModelDirectory
{
    private ModelDirectory(string path, JsonObject manifest, Model model, byte[] features)
    {
        Path = path;
        Manifest = manifest;
        Model = model;
        Features = features;
    }

    /// <summary>The folder that holds the files; in a folder of versions the current one.</summary>
    public string Path { get; }

    /// <summary>Content of <c>manifest.json</c>.</summary>
    public JsonObject Manifest { get; }

    public Model Model { get; }

    /// <summary>Content of <c>features.json</c>.</summary>
    public byte[] Features { get; }

    /// <summary>Opens a model directory, or the current version in a folder of versions.</summary>
    /// <exception cref="YarnDL.ModelFiles.ModelFileException">Missing, written by a newer release, or a checksum differs.</exception>
    public static ModelDirectory Open(IFileStore store, string path) => throw new NotImplementedException();
}
