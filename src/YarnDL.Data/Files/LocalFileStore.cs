namespace YarnDL.Data.Files;

/// <summary>Files on local disk. Paths may be relative to the current folder; those it returns are full. Thread-safe.</summary>
public sealed class LocalFileStore : IFileStore
{
    /// <inheritdoc/>
    public IReadOnlyList<FileStat> List(string folder)
    {
        folder = Path.GetFullPath(folder);
        try
        {
            if (!Directory.Exists(folder))
            {
                return [];
            }

            List<FileStat> found = [];
            foreach (FileSystemInfo info in new DirectoryInfo(folder).EnumerateFileSystemInfos())
            {
                found.Add(StatOf(info));
            }

            found.Sort(static (a, b) => string.CompareOrdinal(a.Path, b.Path));
            return found;
        }
        catch (Exception e) when (FileFaults.IsStorage(e))
        {
            throw FileFaults.FromException(e, "cannot list", folder);
        }
    }

    /// <inheritdoc/>
    public FileStat? Stat(string path)
    {
        path = Path.GetFullPath(path);
        try
        {
            return Directory.Exists(path) ? StatOf(new DirectoryInfo(path)) : File.Exists(path) ? StatOf(new FileInfo(path)) : null;
        }
        catch (Exception e) when (FileFaults.IsStorage(e))
        {
            throw FileFaults.FromException(e, "cannot look at", path);
        }
    }

    /// <inheritdoc/>
    public Stream OpenRead(string path)
    {
        path = Path.GetFullPath(path);
        if (Directory.Exists(path))
        {
            throw FileFaults.FromErrno(FileFaults.IsFolder, "cannot read", path);
        }

        try
        {
            return new LocalFileStream(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), path, created: false);
        }
        catch (Exception e) when (FileFaults.IsStorage(e))
        {
            throw FileFaults.FromException(e, "cannot read", path);
        }
    }

    /// <inheritdoc/>
    public Stream Create(string path)
    {
        path = Path.GetFullPath(path);
        try
        {
            return new LocalFileStream(new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete), path, created: true);
        }
        catch (Exception e) when (FileFaults.IsStorage(e))
        {
            throw FileFaults.FromException(e, "cannot create", path);
        }
    }

    /// <inheritdoc/>
    public void Rename(string from, string to)
    {
        (from, to) = (Path.GetFullPath(from), Path.GetFullPath(to));
        Check(PosixFiles.RenameNew(from, to), $"cannot rename {from} to", to);
        SyncFoldersOf(from, to);
    }

    /// <inheritdoc/>
    public void Replace(string from, string to)
    {
        (from, to) = (Path.GetFullPath(from), Path.GetFullPath(to));
        if (Directory.Exists(from) || Directory.Exists(to))
        {
            throw FileFaults.FromErrno(FileFaults.IsFolder, $"cannot replace by {from} the file", to);
        }

        Check(PosixFiles.RenameOver(from, to), $"cannot replace by {from} the file", to);
        SyncFoldersOf(from, to);
    }

    /// <inheritdoc/>
    public void Touch(string path) => Check(PosixFiles.Touch(Path.GetFullPath(path)), "cannot touch", Path.GetFullPath(path));

    /// <inheritdoc/>
    public void MakeFolders(string folder)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Directory.Exists(folder))
        {
            return;
        }

        string? parent = Path.GetDirectoryName(folder);
        if (parent is not null)
        {
            MakeFolders(parent);
        }

        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (FileFaults.IsStorage(e))
        {
            throw FileFaults.FromException(e, "cannot make the folder", folder);
        }

        if (parent is not null)
        {
            PosixFiles.SyncFolder(parent);
        }
    }

    /// <inheritdoc/>
    public void Delete(string path)
    {
        path = Path.GetFullPath(path);
        try
        {
            FileAttributes attributes;
            try
            {
                attributes = File.GetAttributes(path);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                return;
            }

            // A link to a folder is deleted as a link, never what it points to.
            if ((attributes & (FileAttributes.Directory | FileAttributes.ReparsePoint)) == FileAttributes.Directory)
            {
                Directory.Delete(path, recursive: true);
            }
            else
            {
                File.Delete(path);
            }
        }
        catch (Exception e) when (FileFaults.IsStorage(e))
        {
            throw FileFaults.FromException(e, "cannot delete", path);
        }
    }

    private static FileStat StatOf(FileSystemInfo info) =>
        new(info.FullName, info is DirectoryInfo, info is FileInfo file ? file.Length : 0, new DateTimeOffset(info.LastWriteTimeUtc));

    private static void Check(int errno, string what, string path)
    {
        if (errno != 0)
        {
            throw FileFaults.FromErrno(errno, what, path);
        }
    }

    private static void SyncFoldersOf(string from, string to)
    {
        string target = Path.GetDirectoryName(to)!, source = Path.GetDirectoryName(from)!;
        PosixFiles.SyncFolder(target);
        if (source != target)
        {
            PosixFiles.SyncFolder(source);
        }
    }
}
