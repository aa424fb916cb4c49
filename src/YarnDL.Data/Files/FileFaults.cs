using System.Runtime.InteropServices;

namespace YarnDL.Data.Files;

/// <summary>Turns the system's error numbers and the framework's exceptions into <see cref="FileStoreException"/>.</summary>
internal static class FileFaults
{
    internal const int NotPermitted = 1, NotThere = 2, Again = 11, AccessDenied = 13, Exists = 17, CrossDevice = 18, NotFolder = 20, IsFolder = 21, Invalid = 22, NoSpace = 28,
        ReadOnly = 30, NoSuchCall = 38, NotEmpty = 39, NotSupported = 95, Quota = 122;

    /// <summary>The exception for a failed system call.</summary>
    internal static FileStoreException FromErrno(int errno, string what, string path) =>
        Make(FaultOf(errno), what, path, Marshal.GetPInvokeErrorMessage(errno), null);

    /// <summary>The exception for what the framework threw.</summary>
    internal static FileStoreException FromException(Exception e, string what, string path)
    {
        FileStoreFault fault = e switch
        {
            FileNotFoundException or DirectoryNotFoundException => FileStoreFault.Missing,
            UnauthorizedAccessException => FileStoreFault.Denied,
            // On Unix the HResult of other input/output errors is the error number itself.
            IOException io => FaultOf(io.HResult),
            _ => FileStoreFault.Broken,
        };
        return Make(fault, what, path, e.Message, e);
    }

    /// <summary>Whether an exception of the framework is storage's.</summary>
    internal static bool IsStorage(Exception e) => e is IOException or UnauthorizedAccessException or NotSupportedException;

    private static FileStoreFault FaultOf(int errno) => errno switch
    {
        NotThere => FileStoreFault.Missing,
        NotPermitted or AccessDenied or ReadOnly => FileStoreFault.Denied,
        Exists or NotEmpty => FileStoreFault.Exists,
        NoSpace or Quota => FileStoreFault.Full,
        _ => FileStoreFault.Broken,
    };

    private static FileStoreException Make(FileStoreFault fault, string what, string path, string cause, Exception? inner)
    {
        (string must, string next) = fault switch
        {
            FileStoreFault.Missing => ("it must exist", "check the path"),
            FileStoreFault.Exists => ("the target must not exist", "choose another name or remove it"),
            FileStoreFault.Denied => ("the user who runs this must be allowed to", "change the permissions or choose another folder"),
            FileStoreFault.Full => ("there must be free space", "free some or choose another disk"),
            _ => ("the file system must allow it", "check the path and the disk"),
        };
        return new FileStoreException(fault, $"[file] {what} {path}: {cause.ReplaceLineEndings(" ").TrimEnd('.')}; {must}; {next}", inner);
    }
}
