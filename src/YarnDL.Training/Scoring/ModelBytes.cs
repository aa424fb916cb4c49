using System.Text.Json.Nodes;
using YarnDL.Data.Files;
using YarnDL.Training.ModelDirectories;
using YarnDL.Training.Storage;

namespace YarnDL.Training.Scoring;

/// <summary>The files of a model directory that applying the model needs, on their way to a worker; there they are a read-only store with one folder, <see cref="Folder"/>.</summary>
internal sealed class ModelBytes(IReadOnlyList<(string Name, byte[] Content)> files) : IFileStore
{
    public const string Folder = "model";

    public IReadOnlyList<(string Name, byte[] Content)> Files => files;

    /// <summary>Reads what must be shipped; optimizer state and times stay.</summary>
    public static ModelBytes Of(IFileStore store, ModelDirectory model) => new(
    [
        .. ((JsonObject)model.Manifest["files"]!).Select(f => f.Key).Where(n => n is not (ModelFormat.Optimizer or ModelFormat.Times)).Append(ModelFormat.Manifest)
            .Order(StringComparer.Ordinal).Select(n => (n, CheckedFiles.ReadAll(store, $"{model.Path}/{n}"))),
    ]);

    public IReadOnlyList<FileStat> List(string folder) => [];

    public FileStat? Stat(string path) => Find(path) is { } content ? new FileStat(path, false, content.Length, DateTime.UnixEpoch) : null;

    public Stream OpenRead(string path) => Find(path) is { } content ? new MemoryStream(content, writable: false) : throw new FileStoreException(FileStoreFault.Missing, $"[model] {path} was not sent");

    public Stream Create(string path) => throw ReadOnly(path);

    public void Rename(string from, string to) => throw ReadOnly(from);

    public void Replace(string from, string to) => throw ReadOnly(from);

    public void Touch(string path) => throw ReadOnly(path);

    public void MakeFolders(string folder) => throw ReadOnly(folder);

    public void Delete(string path) => throw ReadOnly(path);

    private byte[]? Find(string path)
    {
        foreach ((string name, byte[] content) in files)
        {
            if (path == $"{Folder}/{name}")
            {
                return content;
            }
        }

        return null;
    }

    private static FileStoreException ReadOnly(string path) => new(FileStoreFault.Denied, $"[model] {path} is part of a model that was sent; it can only be read");
}
