using System.Globalization;
using YarnDL.Data.Files;
using YarnDL.Data.Lakes;

namespace YarnDL.Data.Sinks;

/// <summary>Where a table is written: first under a temporary name beside the target, then renamed once.</summary>
internal sealed class WriteTarget : IDisposable
{
    private static int s_count;

    private readonly IFileStore _store;
    private readonly WriteMode _mode;
    private readonly string _path;
    private readonly bool _isFolder;
    private readonly string _extension;
    private readonly string _temporary;
    private bool _committed;

    /// <exception cref="FileStoreException">The target exists already, or its folder cannot be written.</exception>
    internal WriteTarget(IFileStore store, string path, string extension, WriteMode mode)
    {
        (_store, _path, _extension, _mode) = (store, Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)), extension, mode);
        FileStat? there = store.Stat(_path);
        _isFolder = there?.IsFolder ?? Path.GetExtension(_path).Length == 0;
        if (there is not null && mode == WriteMode.Create)
        {
            throw new FileStoreException(FileStoreFault.Exists, $"[file] {_path} exists already; a table to create must not exist; choose another name, or mode overwrite or append");
        }

        if (!_isFolder && mode == WriteMode.Append)
        {
            throw new DataException(DataFault.Job, $"[{extension}] {_path} is a file; only a folder can be appended to; write to a folder");
        }

        if (there is { IsFolder: true } && mode == WriteMode.Overwrite)
        {
            CheckIsTable(_path);
        }

        string parent = Path.GetDirectoryName(_path) ?? throw new DataException(DataFault.Job, $"[{extension}] {_path} is no path of a table; it needs a name; correct it");
        store.MakeFolders(parent);
        string unique = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{Interlocked.Increment(ref s_count)}");
        // A table that is appended to gets one more file; its name begins with '.', so readers skip it.
        AddsPart = _isFolder && mode == WriteMode.Append && there is not null;
        _temporary = AddsPart ? Path.Combine(_path, $".part-{unique}.tmp") : Path.Combine(parent, $".{Path.GetFileName(_path)}-{unique}.tmp");
        store.Delete(_temporary);
        if (_isFolder && !AddsPart)
        {
            store.MakeFolders(_temporary);
            DataFile = Path.Combine(_temporary, $"part-00000.{extension}");
        }
        else
        {
            DataFile = _temporary;
        }

        try
        {
            // Told here, before any work, when the place cannot be written.
            store.Create(DataFile).Dispose();
        }
        catch
        {
            store.Delete(_temporary);
            throw;
        }
    }

    /// <summary>Full path of the table.</summary>
    internal string Table => _path;

    /// <summary>The file to fill; it exists and is empty.</summary>
    internal string DataFile { get; }

    /// <summary>A hidden folder beside the data that the engine may spill to; it is made when needed and goes with the target.</summary>
    internal string SpillFolder => $"{_temporary}.spill";

    /// <summary>Rows are added to a table that exists.</summary>
    internal bool AddsPart { get; }

    /// <summary>Makes the filled file visible.</summary>
    internal void Commit()
    {
        PosixFiles.SyncFile(DataFile);
        if (AddsPart)
        {
            RenameToNextPart();
        }
        else if (_mode != WriteMode.Overwrite || _store.Stat(_path) is null)
        {
            _store.Rename(_temporary, _path);
        }
        else if (!_isFolder)
        {
            _store.Replace(_temporary, _path);
        }
        else
        {
            // Now the temporary name holds the old table, which Dispose deletes.
            int errno = PosixFiles.Swap(_temporary, _path);
            if (errno != 0)
            {
                throw FileFaults.FromErrno(errno, $"cannot swap {_temporary} with", _path);
            }

            PosixFiles.SyncFolder(Path.GetDirectoryName(_path)!);
        }

        _committed = true;
    }

    public void Dispose()
    {
        _store.Delete(SpillFolder);
        if (!_committed || (_isFolder && !AddsPart))
        {
            _store.Delete(_temporary);
        }
    }

    /// <summary>Overwriting deletes the old folder, so it must hold nothing but files of a table.</summary>
    private void CheckIsTable(string folder)
    {
        foreach (FileStat entry in _store.List(folder))
        {
            string name = Path.GetFileName(entry.Path);
            if (name[0] is '.' or '_')
            {
                continue;
            }

            if (entry.IsFolder && name.Contains('=', StringComparison.Ordinal))
            {
                CheckIsTable(entry.Path);
            }
            else if (entry.IsFolder || !name.EndsWith($".{_extension}", StringComparison.OrdinalIgnoreCase))
            {
                throw new DataException(DataFault.Job, $"[{_extension}] {_path} holds {entry.Path}, which is no {_extension} file; overwriting replaces the whole folder, so it must hold a table only; choose another folder, or move this away");
            }
        }
    }

    private void RenameToNextPart()
    {
        for (int number = 0; ; number++)
        {
            string part = Path.Combine(_path, string.Create(CultureInfo.InvariantCulture, $"part-{number:00000}.{_extension}"));
            if (_store.Stat(part) is null)
            {
                try
                {
                    _store.Rename(_temporary, part);
                    return;
                }
                catch (FileStoreException e) when (e.Fault == FileStoreFault.Exists)
                {
                    // Another writer took the number in between; try the next.
                }
            }
        }
    }
}
