using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using YarnDL.Graphs;
using YarnDL.ModelFiles;
using YarnDL.ModelFiles.Onnx;
using YarnDL.Nn;

namespace YarnDL.Training.Steps;

/// <summary>
/// A step plan as bytes: length-prefixed JSON, then for each phase the length-prefixed ONNX of its training, evaluation and denominator graphs
/// (with yarndl operators, without weights). Little endian; lengths are u32.
/// </summary>
public static class StepPlanFormat
{
    /// <summary>Raised when a reader of an older version could misread.</summary>
    public const int Version = 2;

    public static byte[] Write(StepPlan plan)
    {
        using var bytes = new MemoryStream();
        WritePart(bytes, JsonSerializer.SerializeToUtf8Bytes(Describe(plan)));
        foreach (Phase p in plan.Phases)
        {
            foreach (Graph g in (Graph[])[p.Training, p.Evaluation, p.Denominators])
            {
                using var onnx = new MemoryStream();
                OnnxWriter.Write(g, [], [], onnx, new OnnxWriteOptions(KeepYarnDlOperators: true));
                WritePart(bytes, onnx.GetBuffer().AsSpan(0, (int)onnx.Length));
            }
        }

        return bytes.ToArray();
    }

    /// <exception cref="ModelFileException">The bytes are malformed or of a newer version.</exception>
    public static StepPlan Read(byte[] bytes)
    {
        try
        {
            int at = 0;
            JsonNode json = JsonNode.Parse(NextPart(bytes, ref at).Span)!;
            if ((int)json["version"]! != Version)
            {
                throw new ModelFileException($"[step plan] version {(int)json["version"]!}, this release reads {Version}; driver and workers must be of one release");
            }

            var phases = new List<Phase>();
            foreach (JsonNode? p in json["phases"]!.AsArray())
            {
                phases.Add(ReadPhase(p!, ReadGraph(bytes, ref at), ReadGraph(bytes, ref at), ReadGraph(bytes, ref at)));
            }

            return at != bytes.Length ? throw new ModelFileException($"[step plan] {bytes.Length - at} bytes too many at offset {at}") : new StepPlan
            {
                Phases = phases,
                Batch = (int)json["batch"]!,
                Shards = (int)json["shards"]!,
                Seed = (ulong)json["seed"]!,
                Shuffle = (bool)json["shuffle"]!,
                ParameterCount = (long)json["parameters"]!,
                BufferCount = (long)json["buffers"]!,
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or NullReferenceException or ArgumentException or SpecException or OverflowException)
        {
            throw new ModelFileException($"[step plan] malformed: {e.Message}", e);
        }
    }

    /// <summary>All but the graphs.</summary>
    private static JsonObject Describe(StepPlan plan) => new()
    {
        ["version"] = Version,
        ["batch"] = plan.Batch,
        ["shards"] = plan.Shards,
        ["seed"] = plan.Seed,
        ["shuffle"] = plan.Shuffle,
        ["parameters"] = plan.ParameterCount,
        ["buffers"] = plan.BufferCount,
        ["phases"] = new JsonArray([.. plan.Phases.Select(Describe)]),
    };

    private static JsonObject Describe(Phase p) => new()
    {
        ["name"] = p.Name,
        ["inputs"] = List(p.Inputs, i => new JsonObject { ["input"] = i.Input, ["column"] = i.Column }),
        ["losses"] = List(p.Losses, l => new JsonObject { ["name"] = l.Name, ["numerator"] = l.Numerator, ["denominator"] = l.Denominator, ["weight"] = l.Weight }),
        ["gradients"] = List(p.Gradients, Describe),
        ["tables"] = List(p.Tables, t => new JsonObject { ["ids"] = t.Ids, ["values"] = t.Values, ["parameter"] = t.Parameter, ["offset"] = t.Offset, ["entries"] = t.Entries, ["width"] = t.Width, ["padding"] = t.Padding, ["perOccurrence"] = t.PerOccurrence }),
        ["buffers"] = List(p.Buffers, Describe),
        ["metrics"] = List(p.Metrics, m => new JsonObject { ["name"] = m.Name, ["metric"] = m.Metric.Spec.ToJson(), ["output"] = m.Output, ["column"] = m.Column, ["weight"] = m.WeightColumn }),
        ["groups"] = List(p.Groups, g => new JsonObject { ["name"] = g.Name, ["parameters"] = new JsonArray([.. g.Parameters.Select(n => JsonValue.Create(n))]) }),
    };

    private static JsonObject Describe(VectorOutput o) => new() { ["output"] = o.Output, ["offset"] = o.Offset, ["count"] = o.Count };

    private static JsonArray List<T>(IReadOnlyList<T> items, Func<T, JsonObject> describe) => new([.. items.Select(describe)]);

    private static Phase ReadPhase(JsonNode p, Graph training, Graph evaluation, Graph denominators) => new()
    {
        Name = (string)p["name"]!,
        Training = training,
        Evaluation = evaluation,
        Denominators = denominators,
        Inputs = ReadList(p["inputs"]!, i => new ColumnInput((string)i["input"]!, (string)i["column"]!)),
        Losses = ReadList(p["losses"]!, l => new PhaseLoss((string)l["name"]!, (string)l["numerator"]!, (string)l["denominator"]!, (double)l["weight"]!)),
        Gradients = ReadList(p["gradients"]!, ReadVector),
        Tables = ReadList(p["tables"]!, t => new RowOutput((string)t["ids"]!, (string)t["values"]!, (string)t["parameter"]!, (long)t["offset"]!, (long)t["entries"]!, (long)t["width"]!, (long)t["padding"]!, (bool)t["perOccurrence"]!)),
        Buffers = ReadList(p["buffers"]!, ReadVector),
        Metrics = ReadList(p["metrics"]!, m => new PhaseMetric((string)m["name"]!, Metric.From(Spec.FromJson(m["metric"])), (string)m["output"]!, (string)m["column"]!, (string?)m["weight"])),
        Groups = ReadList(p["groups"]!, g => new ParameterGroup((string)g["name"]!, [.. g["parameters"]!.AsArray().Select(n => (string)n!)])),
    };

    private static VectorOutput ReadVector(JsonNode o) => new((string)o["output"]!, (long)o["offset"]!, (long)o["count"]!);

    private static T[] ReadList<T>(JsonNode list, Func<JsonNode, T> read) => [.. list.AsArray().Select(i => read(i!))];

    private static Graph ReadGraph(byte[] bytes, ref int at)
    {
        ReadOnlyMemory<byte> part = NextPart(bytes, ref at);
        using var stream = new MemoryStream(part.ToArray(), writable: false);
        return OnnxReader.Read(stream, "step plan").Graph;
    }

    private static void WritePart(Stream to, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)part.Length);
        to.Write(length);
        to.Write(part);
    }

    private static ReadOnlyMemory<byte> NextPart(byte[] bytes, ref int at)
    {
        long left = bytes.Length - at - 4;
        uint length = left < 0 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
        if (left < 0 || length > left)
        {
            throw new ModelFileException($"[step plan] a part at offset {at} wants {length} bytes, {Math.Max(0, left)} are there");
        }

        at += 4 + (int)length;
        return bytes.AsMemory(at - (int)length, (int)length);
    }
}
