using YarnDL.Data.Blocks;
using YarnDL.Tensors;
using static YarnDL.Data.Tests.Blocks.TestBlocks;

namespace YarnDL.Data.Tests.Blocks;

public sealed class BlockFileTests
{
    private const string First = "train/shard-00000-00000.blocks";

    private static void ReadAll(MemoryFileStore store)
    {
        using var set = BlockSet.Open(store, "train");
        ReadEpoch(set, 42, 0, 32, true);
    }

    [Fact]
    public void The_same_rows_give_the_same_bytes()
    {
        var a = new MemoryFileStore();
        var b = new MemoryFileStore();
        Write(a, "train", 500, 2);
        Write(b, "train", 500, 2);
        Assert.Equal(a.Files.Keys, b.Files.Keys);
        Assert.All(a.Files, f => Assert.Equal(f.Value, b.Files[f.Key]));
    }

    [Fact]
    public void A_stale_block_file_is_refused()
    {
        var store = new MemoryFileStore();
        var other = new MemoryFileStore();
        Write(store, "train", 200, 2);
        Write(other, "train", 200, 2, fingerprint: "run 2");
        store.Files[First] = other.Files[First];
        var e = Assert.Throws<DataException>(() => ReadAll(store));
        Assert.Equal(DataFault.Input, e.Fault);
        Assert.Contains($"{First} is stale: its fingerprint is", e.Message);
    }

    [Fact]
    public void A_stale_block_file_of_a_run_with_the_same_name_is_refused()
    {
        var store = new MemoryFileStore();
        var other = new MemoryFileStore();
        Write(store, "train", 200, 2);
        using (var writer = new BlockWriter(other, "train", new BlockPlan(200, 4000, 2), Columns, "run 1"))
        {
            for (long i = 0; i < 200; i++)
            {
                writer.Add(Id(i), 0, Row(i + 5));
            }

            writer.Finish();
        }

        Assert.Equal(store.Files[First].Length, other.Files[First].Length);
        store.Files[First] = other.Files[First];
        var e = Assert.Throws<DataException>(() => ReadAll(store));
        Assert.Contains($"{First} is stale: its index is", e.Message);
    }

    [Fact]
    public void A_missing_block_file_or_manifest_is_named()
    {
        var store = new MemoryFileStore();
        Write(store, "train", 200, 2);
        store.Files.Remove(First);
        Assert.Contains($"{First} is missing", Assert.Throws<DataException>(() => ReadAll(store)).Message);
        store.Files.Remove("train/blocks.json");
        Assert.Contains("train/blocks.json is missing", Assert.Throws<DataException>(() => ReadAll(store)).Message);
    }

    [Fact]
    public void A_newer_version_is_refused_by_number()
    {
        var store = new MemoryFileStore();
        Write(store, "train", 200, 2);
        store.Files[First][8] = 9;
        Assert.Contains("format version 9", Assert.Throws<DataException>(() => ReadAll(store)).Message);
    }

    [Fact]
    public void Every_truncated_file_is_refused()
    {
        var store = new MemoryFileStore();
        Write(store, "train", 40, 1);
        foreach (string path in store.Files.Keys.ToArray())
        {
            byte[] whole = store.Files[path];
            for (int length = 0; length < whole.Length; length++)
            {
                // The manifest's last byte is a line end: without it the manifest is still whole.
                if (path.EndsWith(".json", StringComparison.Ordinal) && length == whole.Length - 1)
                {
                    continue;
                }

                store.Files[path] = whole[..length];
                Assert.Throws<DataException>(() => ReadAll(store));
            }

            store.Files[path] = whole;
        }
    }

    [Fact]
    public void Every_flipped_bit_of_a_block_file_is_refused_or_changes_nothing()
    {
        var store = new MemoryFileStore();
        Write(store, "train", 40, 1);
        byte[] whole = store.Files[First];
        for (int bit = 0; bit < whole.Length * 8; bit++)
        {
            byte[] flipped = [.. whole];
            flipped[bit >> 3] ^= (byte)(1 << (bit & 7));
            store.Files[First] = flipped;
            Assert.Throws<DataException>(() => ReadAll(store));
        }
    }

    [Fact]
    public void Every_flipped_bit_of_a_manifest_is_refused()
    {
        var store = new MemoryFileStore();
        Write(store, "train", 40, 1);
        byte[] whole = store.Files["train/blocks.json"];
        for (int bit = 0; bit < (whole.Length - 1) * 8; bit++)
        {
            byte[] flipped = [.. whole];
            flipped[bit >> 3] ^= (byte)(1 << (bit & 7));
            store.Files["train/blocks.json"] = flipped;
            Assert.Throws<DataException>(() => ReadAll(store));
        }
    }

    [Fact]
    public void A_writer_wants_exactly_the_planned_rows()
    {
        using var writer = new BlockWriter(new MemoryFileStore(), "train", new BlockPlan(1, 20, 1), Columns, "run 1");
        Assert.Throws<InvalidOperationException>(() => writer.Finish());
        writer.Add(Id(0), 0, Row(0));
        Assert.Throws<InvalidOperationException>(() => writer.Add(Id(1), 0, Row(1)));
    }

    [Fact]
    public void An_empty_set_can_be_written_and_opened()
    {
        var store = new MemoryFileStore();
        Write(store, "train", 0, 2);
        using var set = BlockSet.Open(store, "train");
        Assert.Equal(0, set.Rows);
        Assert.Equal(0, set.StepsPerEpoch(32));
        Assert.Equal(Columns, set.Columns);
        Assert.Equal(DType.Int64, set.Columns[0].DType);
    }

    [Fact]
    public void The_checksum_is_CRC32C()
    {
        Assert.Equal(0xE3069283u, Crc32C.Of("123456789"u8));
        Assert.Equal(0u, Crc32C.Of([]));
    }
}
