using System.Security.Cryptography;
using System.Text.Json.Nodes;
using YarnDL.Data.Files;

namespace YarnDL.Training.Storage;

/// <summary>Files of a directory with their sizes and checksums, as a manifest lists them.</summary>
internal static class CheckedFiles
{
    /// <summary>Largest file that is read into memory at once.</summary>
    private const long Largest = int.MaxValue - 64;

    /// <summary>Writes a file and adds its line to the list.</summary>
    public static void Write(IFileStore store, string folder, string name, Action<Stream> write, JsonObject list)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long bytes;
        using (Stream file = store.Create($"{folder}/{name}"))
        {
            using var hashing = new HashingStream(file, hash);
            write(hashing);
            hashing.Flush();
            bytes = hashing.Written;
        }

        list[name] = new JsonObject { ["bytes"] = bytes, ["sha256"] = Convert.ToHexStringLower(hash.GetHashAndReset()) };
    }

    public static void Write(IFileStore store, string folder, string name, byte[] content, JsonObject list) => Write(store, folder, name, s => s.Write(content), list);

    /// <summary>Reads a file that the list names; null with a reason when it is not what the list says.</summary>
    public static byte[]? Read(IFileStore store, string folder, string name, JsonObject list, out string reason)
    {
        string path = $"{folder}/{name}";
        if (list[name] is not JsonObject entry || (long?)entry["bytes"] is not { } bytes || (string?)entry["sha256"] is not { } sha)
        {
            reason = $"the manifest does not list {name}";
            return null;
        }

        FileStat? stat = store.Stat(path);
        if (stat is null || stat.IsFolder || stat.Bytes != bytes || bytes > Largest)
        {
            reason = stat is null ? $"{name} is missing" : $"{name} has {stat.Bytes} bytes, the manifest says {bytes}";
            return null;
        }

        byte[] content = ReadAll(store, path);
        reason = $"the checksum of {name} differs";
        return Convert.ToHexStringLower(SHA256.HashData(content)) == sha ? content : null;
    }

    public static byte[] ReadAll(IFileStore store, string path)
    {
        using Stream file = store.OpenRead(path);
        var content = new byte[file.Length];
        file.ReadExactly(content);
        return content;
    }

    public static void WriteAll(IFileStore store, string path, ReadOnlySpan<byte> content)
    {
        using Stream file = store.Create(path);
        file.Write(content);
    }

    /// <summary>Counts and hashes what passes through.</summary>
    private sealed class HashingStream(Stream inner, IncrementalHash hash) : Stream
    {
        public long Written { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Written;

        public override long Position { get => Written; set => throw new NotSupportedException(); }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            hash.AppendData(buffer);
            inner.Write(buffer);
            Written += buffer.Length;
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
