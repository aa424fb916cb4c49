namespace YarnDL.Data.Files;

/// <summary>
/// The one way to files under blocks, checkpoints, model directories, reports and outcomes: local disk, Hadoop's FileSystem, WebHDFS.
/// Failures are <see cref="FileStoreException"/> naming path and cause.
/// </summary>
public interface IFileStore
{
    /// <summary>Direct children, ordered by path (ordinal); empty when the folder is missing.</summary>
    IReadOnlyList<FileStat> List(string folder);

    /// <summary>Null when nothing is there.</summary>
    FileStat? Stat(string path);

    /// <summary>A readable, seekable stream.</summary>
    Stream OpenRead(string path);

    /// <summary>A new file; refuses an existing one; durable when the stream is disposed without an error.</summary>
    Stream Create(string path);

    /// <summary>Atomic; refuses an existing target. Works on files and folders.</summary>
    void Rename(string from, string to);

    /// <summary>Atomic rename of one file over another.</summary>
    void Replace(string from, string to);

    /// <summary>Sets the time of the last change to now.</summary>
    void Touch(string path);

    void MakeFolders(string folder);

    /// <summary>Deletes a file, or a folder with all in it; nothing happens when it is missing.</summary>
    void Delete(string path);
}
