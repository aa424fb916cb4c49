using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace YarnDL.Data.Files;

/// <summary>
/// A folder on this machine's disks in use by one run: a file in it that tells who, locked as long as the process lives. The system drops the lock of a
/// process that dies, so that nothing has to be cleared by hand. Stores that are not local have none.
/// </summary>
public sealed class FolderLock : IDisposable
{
    /// <summary>The file's name.</summary>
    public const string Name = "run.lock";

    // The system's lock is the process's: runs of one process are told apart here.
    private static readonly HashSet<string> Held = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly FileStream _file;

    private FolderLock(string path, FileStream file, string? before)
    {
        (_path, _file, LeftBy) = (path, file, before);
        byte[] owner = System.Text.Encoding.UTF8.GetBytes(new JsonObject
        {
            ["process"] = Environment.ProcessId,
            ["host"] = Environment.MachineName,
            ["since"] = DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture),
        }.ToJsonString() + "\n");
        file.SetLength(0);
        file.Write(owner);
        file.Flush();
    }

    /// <summary>The owner before, as users read it, when it ended without giving the folder back.</summary>
    public string? LeftBy { get; }

    /// <summary>Takes a folder, which must exist.</summary>
    /// <exception cref="FileStoreException">Another run has it (Busy), or storage says no.</exception>
    public static FolderLock Take(string folder)
    {
        string path = Path.Combine(Path.GetFullPath(folder), Name);
        lock (Held)
        {
            if (!Held.Add(path))
            {
                // The file is not opened here: closing it would drop the process's lock.
                throw Busy(folder, "another run of this process");
            }
        }

        try
        {
            while (true)
            {
                if (TryTake(folder, path) is { } taken)
                {
                    return taken;
                }
            }
        }
        catch
        {
            Forget(path);
            throw;
        }
    }

    /// <summary>Gives the folder back.</summary>
    public void Dispose()
    {
        try
        {
            File.Delete(_path);
        }
        catch (Exception e) when (FileFaults.IsStorage(e))
        {
            // A file without its lock binds nobody.
        }

        _file.Dispose();
        Forget(_path);
    }

    private static FolderLock? TryTake(string folder, string path)
    {
        FileStream? file = null;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 0);
            if (!Lock(file))
            {
                throw Busy(folder, Owner(file) ?? "another run");
            }

            // Between opening and locking, the owner before may have deleted the file and gone.
            if (File.Exists(path))
            {
                var taken = new FolderLock(path, file, Owner(file));
                file = null;
                return taken;
            }

            return null;
        }
        catch (Exception e) when (FileFaults.IsStorage(e))
        {
            throw FileFaults.FromException(e, "cannot lock", folder);
        }
        finally
        {
            file?.Dispose();
        }
    }

    private static bool Lock(FileStream file)
    {
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        try
        {
            file.Lock(0, 1);
            return true;
        }
        catch (IOException e)
        {
            // A file system without locks protects nobody, and must not stop everybody.
            return e.HResult != FileFaults.Again;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static FileStoreException Busy(string folder, string owner) =>
        new(FileStoreFault.Busy, $"[output] {folder} is in use by {owner}; only one run may write there; wait until it ends, or give another output or a --run-id");

    /// <summary>"process 17 on host, which began 3 min ago"; null where the file tells nothing.</summary>
    private static string? Owner(FileStream file)
    {
        byte[] bytes = new byte[4096];
        int count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        file.Position = 0;
        try
        {
            JsonNode o = JsonNode.Parse(bytes.AsSpan(0, count))!;
            TimeSpan age = DateTimeOffset.UtcNow - DateTimeOffset.Parse(o["since"]!.ToString(), CultureInfo.InvariantCulture);
            string ago = age.TotalHours >= 2 ? $"{(long)age.TotalHours} h" : age.TotalMinutes >= 2 ? $"{(long)age.TotalMinutes} min" : $"{(long)Math.Max(0, age.TotalSeconds)} s";
            return $"process {(int)o["process"]!} on {o["host"]}, which began {ago} ago";
        }
        catch (Exception e) when (e is JsonException or NullReferenceException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static void Forget(string path)
    {
        lock (Held)
        {
            Held.Remove(path);
        }
    }
}
