using YarnDL.Data.Blocks;
using YarnDL.Data.Encoding;
using YarnDL.Data.Rows;

namespace YarnDL.Training.Workers;

/// <summary>The fields of the encoding operations, in their order; both sides of the protocol.</summary>
internal static class EncodingMessages
{
    public static HeadWriter Opening(EncodingSetup setup, string features) => new HeadWriter().Text(setup.ToJson()).Text(features);

    /// <summary>The rows that Fit, Encode, Score and EvaluateRows end with.</summary>
    public static HeadWriter Rows(HeadWriter w, ColumnBatch batch) =>
        w.Blob(b => ColumnBatchFormat.WriteSchema(batch.Schema.Fields, b)).Blob(b => ColumnBatchFormat.Write(batch, b));

    public static ColumnBatch Rows(HeadReader r)
    {
        ReadOnlySpan<byte> schema = r.Bytes(), rows = r.Bytes();
        try
        {
            ColumnBatch batch = ColumnBatchFormat.Read(ColumnBatchFormat.ReadSchema(ref schema), ref rows);
            return schema.IsEmpty && rows.IsEmpty ? batch : throw new ProtocolException($"[worker] {schema.Length + rows.Length} bytes too many in a batch of rows");
        }
        catch (InvalidDataException e)
        {
            throw new ProtocolException(e.Message, e);
        }
    }

    public static HeadWriter FitDone(FitPartial? fit)
    {
        var w = new HeadWriter();
        return fit is null ? w.Flag(false) : Number(w.Flag(true).Long(fit.Rows), fit.IdSum).Text(fit.Partial().ToJsonString());
    }

    public static void Fitted(HeadReader r, FitPartial into)
    {
        if (!r.Flag())
        {
            throw new ProtocolException("[worker] a part was fitted without its result");
        }

        long rows = r.Long();
        UInt128 sum = Number(r);
        string partial = r.Text();
        r.End();
        into.Merge(System.Text.Json.Nodes.JsonNode.Parse(partial)!.AsArray(), rows, sum);
    }

    public static HeadWriter EncodeDone(EncodedPart part)
    {
        HeadWriter counts = BadRows(Number(new HeadWriter().Long(part.Read).Long(part.Filtered).Long(part.BadRows), part.IdSum), part.Bad);
        return new HeadWriter().Bytes(counts.Written).Bytes(part.Trained.Bytes).Bytes(part.HeldOut.Bytes);
    }

    public static EncodedPart Encoded(HeadReader r)
    {
        EncodedPart part = Counts(r.Bytes().ToArray());
        try
        {
            part.Trained.AddAll(r.Bytes());
            part.HeldOut.AddAll(r.Bytes());
        }
        catch (InvalidDataException e)
        {
            throw new ProtocolException(e.Message, e);
        }

        r.End();
        return part;
    }

    /// <summary>The first field of EncodeDone: all but the records.</summary>
    public static EncodedPart Counts(byte[] counts)
    {
        var r = new HeadReader(counts);
        var part = new EncodedPart { Read = r.Long(), Filtered = r.Long(), BadRows = r.Long(), IdSum = Number(r) };
        part.Bad.AddRange(BadRows(r));
        r.End();
        return part;
    }

    public static HeadWriter BadRows(HeadWriter w, IReadOnlyList<BadRow> rows)
    {
        w.Int(rows.Count);
        foreach (BadRow bad in rows)
        {
            w.Long((long)bad.Id.High).Long((long)bad.Id.Low).Text(bad.Column).Text(bad.Reason);
            Optional(w, bad.Raw).Int(bad.Keys.Count);
            foreach ((string column, string? value) in bad.Keys)
            {
                Optional(w.Text(column), value);
            }

            Optional(w, bad.File).Flag(bad.Row is not null).Long(bad.Row ?? 0);
        }

        return w;
    }

    public static List<BadRow> BadRows(HeadReader r)
    {
        var rows = new List<BadRow>();
        for (int left = r.Count(40); left > 0; left--)
        {
            var id = new RowId((ulong)r.Long(), (ulong)r.Long());
            string column = r.Text(), reason = r.Text();
            string? raw = Optional(r);
            var keys = new (string, string?)[r.Count(5)];
            for (int k = 0; k < keys.Length; k++)
            {
                keys[k] = (r.Text(), Optional(r));
            }

            string? file = Optional(r);
            bool hasRow = r.Flag();
            long row = r.Long();
            rows.Add(new BadRow(id, column, reason, raw, keys, file, hasRow ? row : null));
        }

        return rows;
    }

    /// <summary>Cut without its rows: they are the last field.</summary>
    public static HeadWriter Cut(string cut, int kind, string part, int shard, bool first, bool last) =>
        new HeadWriter().Text(cut).Int(kind).Text(part).Int(shard).Flag(first).Flag(last);

    public static HeadWriter CutDone(IReadOnlyList<BlockFileEntry> files)
    {
        var w = new HeadWriter().Int(files.Count);
        foreach (BlockFileEntry f in files)
        {
            w.Text(f.Name).Long(f.Bytes).Text(f.IndexHash);
        }

        return w;
    }

    public static List<BlockFileEntry> Files(HeadReader r, int shard)
    {
        var files = new List<BlockFileEntry>();
        for (int left = r.Count(16); left > 0; left--)
        {
            files.Add(new BlockFileEntry(r.Text(), shard, r.Long(), r.Text()));
        }

        r.End();
        return files;
    }

    private static HeadWriter Number(HeadWriter w, UInt128 value) => w.Long((long)(ulong)(value >> 64)).Long((long)(ulong)value);

    private static UInt128 Number(HeadReader r) => new((ulong)r.Long(), (ulong)r.Long());

    private static HeadWriter Optional(HeadWriter w, string? text) => w.Flag(text is not null).Text(text ?? "");

    private static string? Optional(HeadReader r)
    {
        bool there = r.Flag();
        string text = r.Text();
        return there ? text : null;
    }
}
