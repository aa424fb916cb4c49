using System.Globalization;
using System.Text.Json;
using YarnDL.Data.Files;

namespace YarnDL.Data.Blocks;

/// <summary>blocks.json: what the block files of a folder are and belong to. Its body carries a checksum.</summary>
internal sealed record BlockManifest(string Fingerprint, string DataHash, long Rows, long EncodedBytes, int Shards, IReadOnlyList<BlockFileEntry> Files)
{
    /// <summary>Writes the manifest; the last file of a folder.</summary>
    public void Write(IFileStore store, string folder)
    {
        string body = Body();
        string text = $"{{\"checksum\":\"{Checksum(body)}\",\"blocks\":{body}}}\n";
        using var stream = store.Create($"{folder}/{BlockFormat.ManifestName}");
        stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
    }

    /// <exception cref="DataException">Missing, damaged, or a newer version.</exception>
    public static BlockManifest Read(IFileStore store, string folder)
    {
        string path = $"{folder}/{BlockFormat.ManifestName}";
        try
        {
            using var stream = store.OpenRead(path);
            if (stream.Length > BlockFormat.LargestHeader)
            {
                throw BlockFaults.Manifest(path, $"it has {stream.Length} bytes");
            }

            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            using var json = JsonDocument.Parse(bytes);
            var body = json.RootElement.GetProperty("blocks");
            string checksum = Checksum(body.GetRawText());
            return json.RootElement.GetProperty("checksum").GetString() == checksum
                ? Parse(body, path)
                : throw BlockFaults.Manifest(path, $"it does not match its checksum {checksum}");
        }
        catch (FileStoreException e) when (e.Fault == FileStoreFault.Missing)
        {
            throw new DataException(DataFault.Input, $"[blocks] {path} is missing; the folder holds no complete encoding; encode the rows again", e);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or EndOfStreamException)
        {
            throw BlockFaults.Manifest(path, e.Message, e);
        }
    }

    private static BlockManifest Parse(JsonElement body, string path)
    {
        int version = body.GetProperty("version").GetInt32();
        if (version is < 1 or > (int)BlockFormat.Version)
        {
            throw new DataException(DataFault.Input, $"[blocks] {path} has format version {version}, this release reads 1 to {BlockFormat.Version}");
        }

        var files = new List<BlockFileEntry>();
        foreach (var f in body.GetProperty("files").EnumerateArray())
        {
            files.Add(new BlockFileEntry(f.GetProperty("name").GetString()!, f.GetProperty("shard").GetInt32(), f.GetProperty("bytes").GetInt64(), f.GetProperty("indexSha256").GetString()!));
        }

        return new BlockManifest(
            body.GetProperty("fingerprint").GetString()!,
            body.GetProperty("dataHash").GetString()!,
            body.GetProperty("rows").GetInt64(),
            body.GetProperty("encodedBytes").GetInt64(),
            body.GetProperty("shards").GetInt32(),
            files);
    }

    private string Body()
    {
        using var stream = new MemoryStream();
        using (var w = new Utf8JsonWriter(stream))
        {
            w.WriteStartObject();
            w.WriteNumber("version", (int)BlockFormat.Version);
            w.WriteString("fingerprint", Fingerprint);
            w.WriteString("dataHash", DataHash);
            w.WriteNumber("rows", Rows);
            w.WriteNumber("encodedBytes", EncodedBytes);
            w.WriteNumber("shards", Shards);
            w.WriteStartArray("files");
            foreach (var f in Files)
            {
                w.WriteStartObject();
                w.WriteString("name", f.Name);
                w.WriteNumber("shard", f.Shard);
                w.WriteNumber("bytes", f.Bytes);
                w.WriteString("indexSha256", f.IndexHash);
                w.WriteEndObject();
            }

            w.WriteEndArray();
            w.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Checksum(string body) => Crc32C.Of(System.Text.Encoding.UTF8.GetBytes(body)).ToString("x8", CultureInfo.InvariantCulture);
}
