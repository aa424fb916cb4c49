using System.Buffers.Binary;
using YarnDL.Data.Blocks;
using YarnDL.Data.Encoding;
using YarnDL.Data.Features;
using YarnDL.Data.Files;
using YarnDL.Data.Rows;
using YarnDL.Tensors;

namespace YarnDL.Training.Workers;

/// <summary>The worker's side of the encoding operations. Parts and shards under way are known by number; who lost them begins them again.</summary>
/// <param name="pool">Threads.</param>
/// <param name="registry">Features by name.</param>
/// <param name="store">Of a kind of folder.</param>
internal sealed class EncodingServer(ComputePool pool, FeatureRegistry registry, Func<int, IFileStore> store) : IDisposable
{
    private const int RowHead = RowId.Size + 8;

    private readonly Dictionary<long, FitPartial> _fits = [];
    private readonly Dictionary<(string Folder, string Part, int Shard), ShardWriter> _shards = [];
    private PartWorker? _worker;
    private FittedFeatures? _features;

    public void Open(HeadReader r)
    {
        Dispose();
        string setup = r.Text(), features = r.Text();
        r.End();
        _worker = new PartWorker(EncodingSetup.Parse(setup, registry), pool);
        _features = features.Length == 0 ? null : FittedFeatures.Parse(features, registry);
    }

    /// <summary>Counts rows into their part; the answer to the last ones is the part's result.</summary>
    public HeadWriter Fit(HeadReader r)
    {
        PartWorker worker = Worker;
        long part = r.Long();
        bool first = r.Flag(), last = r.Flag();
        ColumnBatch batch = EncodingMessages.Rows(r);
        r.End();
        FitPartial fit = worker.Fit([batch], batch.Schema);
        if (!first)
        {
            FitPartial before = _fits.GetValueOrDefault(part) ?? throw new ProtocolException($"[worker] part {part} was not begun here");
            before.Merge(fit.Partial(), fit.Rows, fit.IdSum);
            fit = before;
        }

        _fits.Remove(part);
        if (!last)
        {
            _fits.Add(part, fit);
        }

        return EncodingMessages.FitDone(last ? fit : null);
    }

    public HeadWriter Encode(HeadReader r)
    {
        PartWorker worker = Worker;
        bool heldOutSource = r.Flag();
        ColumnBatch batch = EncodingMessages.Rows(r);
        r.End();
        var all = new EncodedPart();
        worker.Encode(_features ?? throw new ProtocolException("[worker] the encoding was opened without fitted features"), [batch], batch.Schema, heldOutSource, part => all.Add(part));
        return EncodingMessages.EncodeDone(all);
    }

    public void Sort(HeadReader r, Stream stream, long tailBytes)
    {
        IFileStore files = store(r.Int());
        string path = r.Text();
        r.End();
        if (tailBytes > Array.MaxLength)
        {
            throw new ProtocolException($"[worker] {tailBytes} bytes of records are to be sorted; at most {Array.MaxLength} fit");
        }

        using var bytes = new Tensor(DType.UInt8, new Shape(tailBytes));
        Frame.ReadTail(stream, bytes.View);
        var records = new RowRecords();
        try
        {
            records.AddAll(bytes.Span<byte>());
        }
        catch (InvalidDataException e)
        {
            throw new ProtocolException(e.Message, e);
        }

        RowSorter.WriteRun(files, path, records.Buffer);
    }

    /// <summary>Takes rows of a shard; the answer to the last ones is the shard's files.</summary>
    public HeadWriter Cut(HeadReader r)
    {
        string json = r.Text();
        IFileStore files = store(r.Int());
        string part = r.Text();
        int shard = r.Int();
        bool first = r.Flag(), last = r.Flag();
        ReadOnlySpan<byte> rows = r.Bytes();
        r.End();
        CutJob cut = CutJob.Parse(json, files);
        if (shard < 0 || shard >= cut.Plan.Shards)
        {
            throw new ProtocolException($"[worker] shard {shard} of {cut.Plan.Shards}");
        }

        var key = (cut.Folder, part, shard);
        if (first)
        {
            Drop(key);
            if (part.Length > 0)
            {
                files.Delete($"{cut.Folder}/{part}");
                files.MakeFolders($"{cut.Folder}/{part}");
            }

            _shards.Add(key, new ShardWriter(cut, shard, part));
        }

        ShardWriter writer = _shards.GetValueOrDefault(key) ?? throw new ProtocolException($"[worker] shard {shard} of {cut.Folder} was not begun here");
        while (!rows.IsEmpty)
        {
            int length = rows.Length < RowHead ? -1 : BinaryPrimitives.ReadInt32LittleEndian(rows[(RowId.Size + 4)..]);
            if (length < 0 || length > rows.Length - RowHead)
            {
                throw new ProtocolException($"[worker] rows of shard {shard} are damaged {rows.Length} bytes before their end");
            }

            writer.Add(RowId.Read(rows), BinaryPrimitives.ReadUInt32LittleEndian(rows[RowId.Size..]), rows.Slice(RowHead, length));
            rows = rows[(RowHead + length)..];
        }

        if (!last)
        {
            return EncodingMessages.CutDone([]);
        }

        IReadOnlyList<BlockFileEntry> done = writer.Finish();
        Drop(key);
        return EncodingMessages.CutDone(done);
    }

    /// <summary>Appends a row in the form that <see cref="Cut"/> takes.</summary>
    public static void AppendRow(ByteBuffer rows, RowId id, uint ordinal, ReadOnlySpan<byte> row)
    {
        id.Write(rows.Append(RowId.Size));
        rows.AppendInt32((int)ordinal);
        rows.AppendInt32(row.Length);
        rows.Append(row);
    }

    public void Dispose()
    {
        _worker?.Dispose();
        _worker = null;
        _fits.Clear();
        foreach (ShardWriter shard in _shards.Values)
        {
            shard.Dispose();
        }

        _shards.Clear();
    }

    private PartWorker Worker => _worker ?? throw new ProtocolException("[worker] no encoding is open");

    private void Drop((string, string, int) key)
    {
        if (_shards.Remove(key, out ShardWriter? writer))
        {
            writer.Dispose();
        }
    }
}
