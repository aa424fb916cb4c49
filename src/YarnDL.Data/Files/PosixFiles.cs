using System.Runtime.InteropServices;

namespace YarnDL.Data.Files;

/// <summary>System calls on files that the framework does not offer.</summary>
internal static partial class PosixFiles
{
    private const int CurrentFolder = -100, NoReplace = 1, Exchange = 2, Read = 0x80000, ReadFolder = 0x10000 | 0x80000;

    /// <summary>Makes a folder's entries durable.</summary>
    internal static void SyncFolder(string folder) => SyncPath(folder, ReadFolder);

    /// <summary>Makes a file's bytes durable.</summary>
    internal static void SyncFile(string path) => SyncPath(path, Read);

    private static void SyncPath(string path, int flags)
    {
        int handle = Open(path, flags, 0);
        if (handle < 0)
        {
            throw FileFaults.FromErrno(Marshal.GetLastPInvokeError(), "cannot open", path);
        }

        int result = Sync(handle);
        int errno = Marshal.GetLastPInvokeError();
        _ = Close(handle);
        // Some network file systems cannot sync folders and say so with EINVAL; there is nothing more to do there.
        if (result != 0 && errno != FileFaults.Invalid)
        {
            throw FileFaults.FromErrno(errno, "cannot sync", path);
        }
    }

    /// <summary>Renames without replacing; 0 or the error number.</summary>
    internal static int RenameNew(string from, string to)
    {
        if (RenameAt2(CurrentFolder, from, CurrentFolder, to, NoReplace) == 0)
        {
            return 0;
        }

        int errno = Marshal.GetLastPInvokeError();
        if (errno is not (FileFaults.Invalid or FileFaults.NoSuchCall or FileFaults.NotSupported))
        {
            return errno;
        }

        if (Directory.Exists(from))
        {
            // rename(2) refuses a filled folder; replacing an empty one loses nothing.
            return Path.Exists(to) ? FileFaults.Exists : RenameOver(from, to);
        }

        return Link(from, to) != 0 ? Marshal.GetLastPInvokeError() : Unlink(from) != 0 ? Marshal.GetLastPInvokeError() : 0;
    }

    /// <summary>Renames over an existing file; 0 or the error number.</summary>
    internal static int RenameOver(string from, string to) => Rename(from, to) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>Swaps two names at one moment; 0 or the error number.</summary>
    internal static int Swap(string one, string other) => RenameAt2(CurrentFolder, one, CurrentFolder, other, Exchange) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>Sets the times to now; 0 or the error number.</summary>
    internal static int Touch(string path) => SetTimes(CurrentFolder, path, 0, 0) == 0 ? 0 : Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt2(int fromFolder, string from, int toFolder, string to, uint flags);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string from, string to);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string from, string to);

    [LibraryImport("libc", EntryPoint = "unlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unlink(string path);

    [LibraryImport("libc", EntryPoint = "utimensat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetTimes(int folder, string path, nint times, int flags);
}
