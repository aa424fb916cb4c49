using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using YarnDL.Data.Encoding;
using YarnDL.Data.Files;
using YarnDL.Tensors;

namespace YarnDL.Data.Blocks;

/// <summary>What stage 4 must know, wherever it runs.</summary>
/// <param name="Store">Where the folder is.</param>
/// <param name="Folder">A new or empty folder.</param>
/// <param name="Plan">How many rows will come and how they are cut.</param>
/// <param name="Columns">The encoded columns, in the order of a row's bytes.</param>
/// <param name="Fingerprint">Any text that names the encoding: files of another one are refused at reading.</param>
/// <param name="UniqueIds">True where a row key was named: an id that comes twice ends the job.</param>
public sealed record CutJob(IFileStore Store, string Folder, BlockPlan Plan, IReadOnlyList<EncodedColumn> Columns, string Fingerprint, bool UniqueIds = false)
{
    /// <summary>All but the store and what only the driver needs.</summary>
    public string ToJson() => new JsonObject
    {
        ["folder"] = Folder,
        ["rows"] = Plan.Rows,
        ["encodedBytes"] = Plan.EncodedBytes,
        ["shards"] = Plan.Shards,
        ["fingerprint"] = Fingerprint,
        ["columns"] = new JsonArray([.. Columns.Select(c => new JsonObject
        {
            ["name"] = c.Name,
            ["type"] = (int)c.DType,
            ["perRow"] = c.PerRow is { } shape ? new JsonArray([.. shape.Dims.ToArray().Select(d => (JsonNode)d)]) : null,
        })]),
    }.ToJsonString();

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="DataException">Malformed.</exception>
    public static CutJob Parse(string json, IFileStore store)
    {
        try
        {
            var root = JsonNode.Parse(json)!;
            var columns = root["columns"]!.AsArray().Select(c => new EncodedColumn(c!["name"]!.GetValue<string>(), Type(c["type"]!.GetValue<int>()),
                c["perRow"] is JsonArray dims ? new Shape([.. dims.Select(d => d!.GetValue<long>())]) : null));
            return new CutJob(store, root["folder"]!.GetValue<string>(), new BlockPlan(root["rows"]!.GetValue<long>(), root["encodedBytes"]!.GetValue<long>(), root["shards"]!.GetValue<int>()),
                [.. columns], root["fingerprint"]!.GetValue<string>());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or FormatException or ArgumentException or OverflowException)
        {
            throw new DataException(DataFault.Input, $"[blocks] the description of a cut is malformed: {e.Message}; driver and workers must be of one release", e);
        }
    }

    /// <summary>Writes blocks.json, which makes the folder readable.</summary>
    /// <param name="files">Of each shard, in order.</param>
    /// <param name="dataHash">Of all rows.</param>
    public void Complete(IEnumerable<IReadOnlyList<BlockFileEntry>> files, string dataHash) =>
        new BlockManifest(Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Fingerprint))), dataHash, Plan.Rows, Plan.EncodedBytes, Plan.Shards, [.. files.SelectMany(f => f)])
            .Write(Store, Folder);

    /// <summary>Deletes what a try left of a shard's files.</summary>
    public void Discard(int shard)
    {
        for (int n = 0; Store.Stat($"{Folder}/{BlockFormat.FileName(shard, n)}") is not null; n++)
        {
            Store.Delete($"{Folder}/{BlockFormat.FileName(shard, n)}");
        }
    }

    private static DType Type(int number) => Enum.IsDefined((DType)number) ? (DType)number : throw new FormatException($"element type {number}");
}
