using System.Text.Json;
using System.Text.Json.Nodes;
using YarnDL.Data.Blocks;
using YarnDL.Data.Files;

namespace YarnDL.Data.Encoding;

/// <summary>staging.json: what a staging folder was made of, and its ledger. Written last; a folder without it is not complete.</summary>
internal sealed record StagingManifest(string Fingerprint, RowLedger Ledger, string DataHash, string HeldOutHash)
{
    public const string Name = "staging.json";

    public const int Version = 1;

    public void Write(IFileStore store, string folder)
    {
        var root = new JsonObject
        {
            ["version"] = Version,
            ["fingerprint"] = Fingerprint,
            ["dataHash"] = DataHash,
            ["heldOutHash"] = HeldOutHash,
            ["ledger"] = new JsonObject
            {
                ["read"] = Ledger.Read,
                ["trained"] = Ledger.Trained,
                ["heldOut"] = Ledger.HeldOut,
                ["filtered"] = Ledger.Filtered,
                ["dropped"] = Ledger.Dropped,
                ["quarantined"] = Ledger.Quarantined,
            },
        };
        using var stream = store.Create($"{folder}/{Name}");
        stream.Write(System.Text.Encoding.UTF8.GetBytes(root.ToJsonString() + "\n"));
    }

    /// <summary>Null when there is none that this release understands: the rows are then encoded again.</summary>
    public static StagingManifest? TryRead(IFileStore store, string folder)
    {
        if (store.Stat($"{folder}/{Name}") is not { IsFolder: false, Bytes: < BlockFormat.LargestHeader } stat)
        {
            return null;
        }

        try
        {
            byte[] bytes = new byte[stat.Bytes];
            using var stream = store.OpenRead(stat.Path);
            stream.ReadExactly(bytes);
            var root = JsonNode.Parse(bytes)!;
            var l = root["ledger"]!;
            return root["version"]!.GetValue<int>() != Version ? null : new StagingManifest(
                root["fingerprint"]!.GetValue<string>(),
                new RowLedger(Long(l, "read"), Long(l, "trained"), Long(l, "heldOut"), Long(l, "filtered"), Long(l, "dropped"), Long(l, "quarantined")),
                root["dataHash"]!.GetValue<string>(),
                root["heldOutHash"]!.GetValue<string>());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or FormatException or EndOfStreamException)
        {
            return null;
        }
    }

    private static long Long(JsonNode node, string key) => node[key]!.GetValue<long>();
}
