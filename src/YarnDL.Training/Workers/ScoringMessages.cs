using YarnDL.Data.Encoding;
using YarnDL.Tensors;
using YarnDL.Training.Scoring;

namespace YarnDL.Training.Workers;

/// <summary>The fields of the scoring operations, in their order; both sides of the protocol.</summary>
internal static class ScoringMessages
{
    /// <summary>Setup, and the model's files: their content follows as tails.</summary>
    public static HeadWriter Opening(ScoringSetup setup, ModelBytes model)
    {
        HeadWriter w = new HeadWriter().Text(setup.ToJson()).Int(model.Files.Count);
        foreach ((string name, byte[] content) in model.Files)
        {
            w.Text(name).Long(content.Length);
        }

        return w;
    }

    /// <summary>Sends the opening; the contents go from where they lie.</summary>
    public static unsafe void SendOpening(Stream stream, ScoringSetup setup, ModelBytes model)
    {
        var pins = new System.Runtime.InteropServices.GCHandle[model.Files.Count];
        try
        {
            var tails = new TensorView[pins.Length];
            for (int i = 0; i < pins.Length; i++)
            {
                pins[i] = System.Runtime.InteropServices.GCHandle.Alloc(model.Files[i].Content, System.Runtime.InteropServices.GCHandleType.Pinned);
                tails[i] = new TensorView((void*)pins[i].AddrOfPinnedObject(), DType.UInt8, new Shape(model.Files[i].Content.Length));
            }

            Frame.Send(stream, Operation.OpenModel, Opening(setup, model), tails);
        }
        finally
        {
            foreach (System.Runtime.InteropServices.GCHandle pin in pins)
            {
                if (pin.IsAllocated)
                {
                    pin.Free();
                }
            }
        }
    }

    public static (ScoringSetup Setup, ModelBytes Model) Opening(HeadReader r, Stream stream, long tailBytes)
    {
        string setup = r.Text();
        var sizes = new (string Name, long Bytes)[r.Count(12)];
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = (r.Text(), r.Long());
        }

        r.End();
        if (sizes.Any(s => s.Bytes < 0 || s.Bytes > Array.MaxLength) || sizes.Sum(s => s.Bytes) != tailBytes)
        {
            throw new ProtocolException($"[worker] the files of a model take {tailBytes} bytes, not what their sizes say");
        }

        var files = new (string, byte[])[sizes.Length];
        for (int i = 0; i < files.Length; i++)
        {
            // As bytes come: a size that is a lie costs nothing.
            using var content = new MemoryStream();
            var chunk = new byte[1 << 20];
            for (long left = sizes[i].Bytes; left > 0;)
            {
                int n = stream.Read(chunk, 0, (int)Math.Min(left, chunk.Length));
                content.Write(chunk, 0, n > 0 ? n : throw new EndOfStreamException());
                left -= n;
            }

            files[i] = (sizes[i].Name, content.ToArray());
        }

        return (ScoringSetup.Parse(setup), new ModelBytes(files));
    }

    public static HeadWriter ScoreDone(ScoredPart part)
    {
        HeadWriter counts = EncodingMessages.BadRows(new HeadWriter().Long(part.Read).Long(part.Scored).Long(part.Dropped), part.Bad);
        HeadWriter w = new HeadWriter().Bytes(counts.Written).Flag(part.Predictions is not null);
        return part.Predictions is { } batch ? EncodingMessages.Rows(w, batch) : w;
    }

    public static ScoredPart Scored(HeadReader r)
    {
        ScoredPart part = Counts(r.Bytes().ToArray());
        part = r.Flag() ? part with { Predictions = EncodingMessages.Rows(r) } : part;
        r.End();
        return part;
    }

    /// <summary>The first field of ScoreDone: all but the predictions.</summary>
    public static ScoredPart Counts(byte[] counts)
    {
        var r = new HeadReader(counts);
        var part = new ScoredPart(r.Long(), r.Long(), r.Long(), EncodingMessages.BadRows(r), null);
        r.End();
        return part;
    }
}
