using System.Buffers.Binary;
using YarnDL.Data.Blocks;
using YarnDL.Data.Encoding;
using YarnDL.Data.Features;
using YarnDL.Data.Files;
using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;
using YarnDL.Spark.Bridge;
using YarnDL.Training.Workers;

namespace YarnDL.Spark.Engines;

/// <summary>
/// Encoding where the rows are: stages 1, 2 and 4 are operations of the workers inside Spark tasks, stage 3 is Spark's range partitioning and sort by id. Encoded rows
/// are kept in files of the staging folder, one for each task that Spark took; only counts, and the ids for the data hash, come here.
/// </summary>
internal sealed class SparkStages(BridgeClient bridge, EncodeJob job, string folder, int workers) : IEncodingStages
{
    private const long PartBytes = 64L << 20;
    private const int MostParts = 4096;

    private readonly List<string> _paths = [];
    private readonly long[] _rows = new long[2];
    private readonly long[] _bytes = new long[2];

    public FitPartial? Fit(EncodingSetup setup, Action<long> report)
    {
        (TableSource source, ReadRequest read) = job.Table!.Value;
        FitPartial sum = setup.NewFit(SparkParts.Ask(() => bridge.Ask(BridgeOperation.DescribeTable, request => Lakes.SparkLake.Put(source, request), static reply => ColumnBatchFormat.ReadSchema(ref reply))));
        if (sum.IsEmpty)
        {
            return sum;
        }

        SparkParts.Open(bridge, s => Frame.Send(s, Operation.OpenEncoding, EncodingMessages.Opening(setup, "")));
        List<byte[]> replies = SparkParts.OfTable(bridge, BridgeOperation.FitTable, source, read, static _ => { });
        foreach (byte[] reply in replies)
        {
            long before = sum.Rows;
            EncodingMessages.Fitted(SparkParts.Reply(reply, Operation.FitDone), sum);
            report(sum.Rows - before);
        }

        return replies.Count == 0 ? null : sum;
    }

    public bool Encode(EncodingSetup setup, FittedFeatures features, bool heldOutSource, Action<EncodedPart> take)
    {
        (TableSource source, ReadRequest read) = (heldOutSource ? job.HeldOutTable : job.Table)!.Value;
        string staged = $"{folder}/encoded-{(heldOutSource ? "heldout" : "rows")}";
        job.Store.Delete(staged);
        job.Store.MakeFolders(staged);
        SparkParts.Open(bridge, s => Frame.Send(s, Operation.OpenEncoding, EncodingMessages.Opening(setup, features.ToJson())));
        List<byte[]> results = SparkParts.OfTable(bridge, BridgeOperation.EncodeTable, source, read, request =>
        {
            request.AppendByte(heldOutSource ? (byte)1 : (byte)0);
            request.Text(staged);
        });
        foreach (byte[] result in results)
        {
            (string path, long[] sums, List<byte[]> counts) = SparkParts.Staged(result, 4);
            _paths.Add(path);
            for (int side = 0; side < 2; side++)
            {
                _rows[side] += sums[2 * side];
                _bytes[side] += sums[(2 * side) + 1];
            }

            counts.ForEach(c => take(EncodingMessages.Counts(c)));
        }

        return results.Count > 0;
    }

    public (long Rows, long EncodedBytes) Kept(bool heldOut) => (_rows[heldOut ? 1 : 0], _bytes[heldOut ? 1 : 0]);

    public string Cut(bool heldOut, CutJob cut, Action<long> report)
    {
        if (cut.Plan.Rows == 0)
        {
            using var empty = new RowSorter(job.Store, folder, 0);
            return BlockCutter.CutBlocks(empty.Merge, cut);
        }

        job.Store.MakeFolders(cut.Folder);
        BridgeConnection connection = bridge.Rent();
        int handle = -1;
        try
        {
            int parts = (int)Math.Clamp(_bytes[heldOut ? 1 : 0] / PartBytes, Math.Max(1, 2 * workers), MostParts);
            handle = Sort(connection, heldOut, cut, parts);
            string hash = Hash(connection, handle, parts);
            report(cut.Plan.Rows / 2);
            List<BlockFileEntry>[] files = CutShards(connection, handle, cut);
            report(cut.Plan.Rows - (cut.Plan.Rows / 2));
            cut.Complete(files, hash);
            return hash;
        }
        finally
        {
            Lakes.SparkLake.Close(connection, handle);
            bridge.Return(connection);
        }
    }

    public void Dispose()
    {
        job.Store.Delete($"{folder}/encoded-rows");
        job.Store.Delete($"{folder}/encoded-heldout");
    }

    /// <summary>Stage 3; counts must be those of stage 2, and keys must be unique where they are named.</summary>
    private int Sort(BridgeConnection connection, bool heldOut, CutJob cut, int parts)
    {
        Lakes.SparkLake.Put(_paths, connection.Request);
        connection.Request.AppendByte(heldOut ? (byte)1 : (byte)0);
        connection.Request.AppendInt32(parts);
        (int handle, List<byte[]> counts) = SparkParts.Ask(() =>
        {
            ReadOnlySpan<byte> reply = connection.Ask(BridgeOperation.SortRecords);
            int given = RequestFields.TakeInt32(ref reply);
            return (given, SparkParts.Blobs(ref reply));
        });
        long rows = 0;
        foreach (byte[] count in counts)
        {
            ReadOnlySpan<byte> from = count;
            rows += RequestFields.TakeInt64(ref from);
            RequestFields.TakeInt64(ref from);
            byte[] one = SparkParts.Blob(ref from), other = SparkParts.Blob(ref from);
            if (cut.UniqueIds && one.Length > 0)
            {
                throw BlockCutter.RepeatedKey(one, other);
            }
        }

        return rows == cut.Plan.Rows ? handle : throw new InvalidOperationException($"[encode] {rows} rows were sorted, {cut.Plan.Rows} were encoded");
    }

    /// <summary>Ids and ordinals part by part, in canonical order.</summary>
    private static string Hash(BridgeConnection connection, int handle, int parts)
    {
        using var hash = new DataHash();
        for (int part = 0; part < parts; part++)
        {
            connection.Request.Clear();
            connection.Request.AppendInt32(handle);
            connection.Request.AppendInt32(part);
            SparkParts.Ask(() =>
            {
                ReadOnlySpan<byte> reply = connection.Ask(BridgeOperation.RecordIds);
                ReadOnlySpan<byte> ids = reply[4..];
                for (; !ids.IsEmpty; ids = ids[(RowId.Size + 4)..])
                {
                    hash.Add(RowId.Read(ids), BinaryPrimitives.ReadUInt32LittleEndian(ids[RowId.Size..]));
                }

                return 0;
            });
        }

        return Convert.ToHexStringLower(hash.Current());
    }

    /// <summary>Stage 4: the files of the tries that Spark took get their names, those of others go.</summary>
    private List<BlockFileEntry>[] CutShards(BridgeConnection connection, int handle, CutJob cut)
    {
        connection.Request.Clear();
        connection.Request.AppendInt32(handle);
        connection.Request.Text(cut.ToJson());
        connection.Request.AppendInt64(cut.Plan.Rows);
        connection.Request.AppendInt32(cut.Plan.Blocks);
        connection.Request.AppendInt32(cut.Plan.Shards);
        List<byte[]> results = SparkParts.Ask(() =>
        {
            ReadOnlySpan<byte> reply = connection.Ask(BridgeOperation.CutRecords);
            return SparkParts.Blobs(ref reply);
        });
        var files = new List<BlockFileEntry>[results.Count];
        for (int shard = 0; shard < files.Length; shard++)
        {
            ReadOnlySpan<byte> from = results[shard];
            string name = RequestFields.TakeText(ref from);
            files[shard] = EncodingMessages.Files(SparkParts.Reply(SparkParts.Blob(ref from), Operation.CutDone), shard);
            files[shard].ForEach(f => job.Store.Rename($"{cut.Folder}/{name}/{f.Name}", $"{cut.Folder}/{f.Name}"));
        }

        foreach (FileStat entry in job.Store.List(cut.Folder))
        {
            if (entry.IsFolder)
            {
                job.Store.Delete(entry.Path);
            }
        }

        return files;
    }
}
