using YarnDL.Data.Files;

namespace YarnDL.Data.Tests.Blocks;

/// <summary>A file store in memory, for tests that look at bytes or damage them.</summary>
internal sealed class MemoryFileStore : IFileStore
{
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    /// <summary>All files, by path; values may be replaced.</summary>
    public IDictionary<string, byte[]> Files => _files;

    /// <summary>How many files were ever created.</summary>
    public int Created { get; private set; }

    public IReadOnlyList<FileStat> List(string folder)
    {
        lock (_files)
        {
            var children = new SortedSet<string>(StringComparer.Ordinal);
            foreach (string path in _files.Keys)
            {
                if (path.StartsWith(folder + "/", StringComparison.Ordinal))
                {
                    string rest = path[(folder.Length + 1)..];
                    children.Add(folder + "/" + rest.Split('/')[0]);
                }
            }

            return [.. children.Select(c => Stat(c)!)];
        }
    }

    public FileStat? Stat(string path)
    {
        lock (_files)
        {
            return _files.TryGetValue(path, out byte[]? b) ? new FileStat(path, false, b.Length, DateTimeOffset.UnixEpoch)
                : _files.Keys.Any(k => k.StartsWith(path + "/", StringComparison.Ordinal)) ? new FileStat(path, true, 0, DateTimeOffset.UnixEpoch) : null;
        }
    }

    public Stream OpenRead(string path)
    {
        lock (_files)
        {
            return _files.TryGetValue(path, out byte[]? b) ? new MemoryStream(b, false) : throw new FileStoreException(FileStoreFault.Missing, $"[memory] {path} is missing");
        }
    }

    public Stream Create(string path)
    {
        lock (_files)
        {
            Created++;
            return _files.TryAdd(path, []) ? new Writer(this, path) : throw new FileStoreException(FileStoreFault.Exists, $"[memory] {path} exists");
        }
    }

    public void Rename(string from, string to)
    {
        lock (_files)
        {
            if (Stat(to) is not null)
            {
                throw new FileStoreException(FileStoreFault.Exists, $"[memory] {to} exists");
            }

            foreach (string path in _files.Keys.Where(k => k == from || k.StartsWith(from + "/", StringComparison.Ordinal)).ToArray())
            {
                _files[to + path[from.Length..]] = _files[path];
                _files.Remove(path);
            }
        }
    }

    public void Replace(string from, string to)
    {
        lock (_files)
        {
            _files[to] = _files[from];
            _files.Remove(from);
        }
    }

    public void Touch(string path)
    {
    }

    public void MakeFolders(string folder)
    {
    }

    public void Delete(string path)
    {
        lock (_files)
        {
            foreach (string k in _files.Keys.Where(k => k == path || k.StartsWith(path + "/", StringComparison.Ordinal)).ToArray())
            {
                _files.Remove(k);
            }
        }
    }

    private sealed class Writer(MemoryFileStore store, string path) : MemoryStream
    {
        protected override void Dispose(bool disposing)
        {
            lock (store._files)
            {
                if (store._files.ContainsKey(path))
                {
                    store._files[path] = ToArray();
                }
            }

            base.Dispose(disposing);
        }
    }
}
