using YarnDL.Data.Encoding;
using YarnDL.Data.Files;

namespace YarnDL.Data.Blocks;

/// <summary>What must hold between a manifest and its block files before a row is read.</summary>
internal static class BlockSetCheck
{
    /// <summary>Opens every file of the manifest and refuses those that do not belong to it.</summary>
    public static void Files(IFileStore store, string folder, BlockManifest manifest, List<BlockFile> opened)
    {
        foreach (var entry in manifest.Files)
        {
            string path = $"{folder}/{entry.Name}";
            var stat = store.Stat(path);
            if (stat is not null && stat.Bytes != entry.Bytes)
            {
                throw BlockFaults.Damaged(path, stat.Bytes, "file", $"has {stat.Bytes} bytes, the manifest says {entry.Bytes}");
            }

            var file = new BlockFile(store, path);
            opened.Add(file);
            if (file.Header.Fingerprint != manifest.Fingerprint)
            {
                throw BlockFaults.Stale(path, "fingerprint", file.Header.Fingerprint, manifest.Fingerprint);
            }

            if (file.IndexHash != entry.IndexHash)
            {
                throw BlockFaults.Stale(path, "index", file.IndexHash, entry.IndexHash);
            }

            if (file.Header.Shards != manifest.Shards || file.Header.Shard != entry.Shard || !SameColumns(file.Header.Columns, opened[0].Header.Columns))
            {
                throw BlockFaults.Stale(path, "shard or schema", $"shard {file.Header.Shard} of {file.Header.Shards}", $"shard {entry.Shard} of {manifest.Shards}");
            }
        }

        if (opened.Count == 0)
        {
            throw BlockFaults.Manifest($"{folder}/{BlockFormat.ManifestName}", "it names no block file");
        }
    }

    /// <summary>The cutting the manifest stands for.</summary>
    public static BlockPlan Plan(string folder, BlockManifest manifest)
    {
        try
        {
            return new BlockPlan(manifest.Rows, manifest.EncodedBytes, manifest.Shards);
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            throw BlockFaults.Manifest($"{folder}/{BlockFormat.ManifestName}", $"it tells of {manifest.Rows} rows, {manifest.EncodedBytes} bytes, {manifest.Shards} shards", e);
        }
    }

    /// <summary>Every block of the plan exactly once, in its shard and with its rows.</summary>
    public static (BlockFile File, BlockEntry Entry)[] Blocks(string folder, BlockPlan plan, List<BlockFile> files)
    {
        long found = 0;
        foreach (var file in files)
        {
            found += file.Index.Blocks.Count;
        }

        if (found != plan.Blocks)
        {
            throw BlockFaults.Manifest($"{folder}/{BlockFormat.ManifestName}", $"its files hold {found} blocks, {plan.Blocks} are due");
        }

        var blocks = new (BlockFile File, BlockEntry Entry)[plan.Blocks];
        foreach (var file in files)
        {
            foreach (var e in file.Index.Blocks)
            {
                if (e.Number >= plan.Blocks || plan.ShardOf(e.Number) != file.Header.Shard || e.Rows != plan.RowsOf(e.Number) || blocks[e.Number].File is not null)
                {
                    throw BlockFaults.Damaged(file.Path, e.Offset, $"block {e.Number}", $"with {e.Rows} rows has no place in shard {file.Header.Shard}");
                }

                blocks[e.Number] = (file, e);
            }
        }

        return blocks;
    }

    private static bool SameColumns(IReadOnlyList<EncodedColumn> a, IReadOnlyList<EncodedColumn> b)
    {
        bool same = a.Count == b.Count;
        for (int i = 0; same && i < a.Count; i++)
        {
            same = a[i] == b[i];
        }

        return same;
    }
}
