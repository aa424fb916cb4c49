using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using YarnDL.Tensors;

namespace YarnDL.ModelFiles.Safetensors;

/// <summary>
/// safetensors: named tensors, little endian. Layout: header length (8 bytes), JSON header {name: {dtype, shape, data_offsets}}, padded with spaces
/// to 8 bytes, then the data without gaps. Keys are written in ordinal order, so equal tensors give equal bytes.
/// </summary>
public static class SafetensorsFile
{
    /// <summary>Largest header that is read: the limit of the format's own library.</summary>
    public const long MaxHeaderBytes = 100_000_000;

    private const string Metadata = "__metadata__";
    private const int Piece = 1 << 20;

    /// <summary>Writes tensors and optional text pairs; the same content gives the same bytes.</summary>
    /// <exception cref="ModelFileException">A name is empty or reserved.</exception>
    public static unsafe void Write(Stream destination, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        (string Name, Tensor Tensor)[] ordered = [.. tensors.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => (p.Key, p.Value))];
        byte[] header = Header(ordered, metadata);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        destination.Write(length);
        destination.Write(header);
        foreach ((_, Tensor t) in ordered)
        {
            TensorView view = t.View;
            long bytes = view.Count * view.DType.Size();
            for (long at = 0; at < bytes; at += Piece)
            {
                destination.Write(new ReadOnlySpan<byte>((byte*)view.Data + at, (int)Math.Min(Piece, bytes - at)));
            }

            GC.KeepAlive(t);
        }
    }

    /// <summary>Reads all tensors.</summary>
    /// <param name="source">From its position to its end.</param>
    /// <param name="fileName">For messages.</param>
    /// <exception cref="ModelFileException">A length, offset, type or key is not sound; nothing is allocated before it is checked.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(Stream source, string fileName) => Read(source, fileName, out _);

    /// <inheritdoc cref="Read(Stream, string)"/>
    public static unsafe IReadOnlyDictionary<string, Tensor> Read(Stream source, string fileName, out IReadOnlyDictionary<string, string> metadata)
    {
        Span<byte> prefix = stackalloc byte[8];
        if (source.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) < 8)
        {
            throw Refuse(fileName, "header length", "it ends within its first 8 bytes", "a safetensors file begins with the length of its header");
        }

        ulong headerBytes = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerBytes > MaxHeaderBytes)
        {
            throw Refuse(fileName, "header length", $"it is {headerBytes} bytes", $"at most {MaxHeaderBytes} are read; this is hardly a safetensors file");
        }

        if (source.CanSeek && (long)headerBytes > source.Length - source.Position)
        {
            throw Refuse(fileName, "header length", $"it is {headerBytes} bytes, {source.Length - source.Position} follow", "the header lies within the file");
        }

        List<Entry> entries = ParseHeader(ReadExactly(source, (long)headerBytes, fileName), fileName, out metadata);
        entries.Sort((a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
        long end = 0;
        foreach (Entry e in entries)
        {
            if (e.Begin != end)
            {
                throw Refuse(fileName, $"tensor {e.Name}", $"its data begin at {e.Begin}, the data before end at {end}", "tensors lie side by side, without gap or overlap");
            }

            end = e.End;
        }

        if (source.CanSeek && source.Length - source.Position != end)
        {
            throw Refuse(fileName, "data", $"{source.Length - source.Position} bytes follow the header, its tensors have {end}", "both must be equal; the file is cut off or has something appended");
        }

        var result = new SortedDictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (Entry e in entries)
        {
            result.Add(e.Name, source.CanSeek ? ReadInto(source, e, fileName) : ReadUnbelieved(source, e, fileName));
        }

        if (!source.CanSeek && source.ReadByte() != -1)
        {
            throw Refuse(fileName, "data", $"more than the {end} bytes of its tensors follow the header", "nothing may be appended");
        }

        return result;
    }

    private static byte[] Header((string Name, Tensor Tensor)[] ordered, IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(Metadata);
                foreach ((string key, string value) in metadata.OrderBy(p => p.Key, StringComparer.Ordinal))
                {
                    json.WriteString(key, value);
                }

                json.WriteEndObject();
            }

            long offset = 0;
            foreach ((string name, Tensor t) in ordered)
            {
                if (name.Length == 0 || name == Metadata)
                {
                    throw new ModelFileException($"[safetensors] a tensor is named \"{name}\"; names are not empty and not {Metadata}");
                }

                long bytes = t.Shape.ElementCount * t.DType.Size();
                json.WriteStartObject(name);
                json.WriteString("dtype", ElementTypes.Single(p => p.Type == t.DType).Name);
                json.WriteStartArray("shape");
                foreach (long d in t.Shape.Dims)
                {
                    json.WriteNumberValue(d);
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += bytes);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        int length = (buffer.WrittenCount + 7) & ~7;
        var header = new byte[length];
        buffer.WrittenSpan.CopyTo(header);
        header.AsSpan(buffer.WrittenCount).Fill((byte)' ');
        return header;
    }

    private static readonly (string Name, DType Type)[] ElementTypes =
    [
        ("F32", DType.Float32), ("F64", DType.Float64), ("I8", DType.Int8), ("U8", DType.UInt8), ("I16", DType.Int16), ("U16", DType.UInt16),
        ("I32", DType.Int32), ("I64", DType.Int64), ("BOOL", DType.Bool), ("BF16", DType.BFloat16),
    ];

    private static List<Entry> ParseHeader(byte[] header, string file, out IReadOnlyDictionary<string, string> metadata)
    {
        try
        {
            new UTF8Encoding(false, true).GetCharCount(header);
        }
        catch (DecoderFallbackException)
        {
            throw Refuse(file, "header", "it is not UTF-8", "the header is JSON in UTF-8");
        }

        if (header.Length == 0 || header[0] != (byte)'{')
        {
            throw Refuse(file, "header", "it does not begin with {", "the header is a JSON object");
        }

        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var entries = new List<Entry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            using JsonDocument json = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = 8 });
            foreach (JsonProperty p in json.RootElement.EnumerateObject())
            {
                if (!seen.Add(p.Name))
                {
                    throw Refuse(file, "header", $"the key {p.Name} occurs twice", "keys are unique");
                }

                if (p.Name != Metadata)
                {
                    entries.Add(ParseEntry(p.Name, p.Value, file));
                    continue;
                }

                if (p.Value.ValueKind != JsonValueKind.Object)
                {
                    throw Refuse(file, Metadata, $"it is {p.Value.ValueKind}", "it is an object of texts");
                }

                foreach (JsonProperty m in p.Value.EnumerateObject())
                {
                    if (m.Value.ValueKind != JsonValueKind.String || !texts.TryAdd(m.Name, m.Value.GetString()!))
                    {
                        throw Refuse(file, Metadata, $"{m.Name} is {m.Value.ValueKind} or occurs twice", "it holds texts only, each key once");
                    }
                }
            }
        }
        catch (JsonException e)
        {
            throw new ModelFileException($"[safetensors] {file}: header: it is not sound JSON ({e.Message}); write the file again", e);
        }
        catch (InvalidOperationException e)
        {
            throw new ModelFileException($"[safetensors] {file}: header: a text is not sound Unicode; write the file again", e);
        }

        metadata = texts;
        return entries;
    }

    private static Entry ParseEntry(string name, JsonElement json, string file)
    {
        ModelFileException Bad(string seen, string must) => Refuse(file, $"tensor {name}", seen, must);
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw Bad($"its entry is {json.ValueKind}", "it is an object with dtype, shape and data_offsets");
        }

        string? dtype = null;
        long[]? shape = null;
        long[]? offsets = null;
        foreach (JsonProperty p in json.EnumerateObject())
        {
            bool twice = p.Name switch
            {
                "dtype" => Twice(ref dtype, p.Value.ValueKind == JsonValueKind.String ? p.Value.GetString() : throw Bad("dtype is not a text", "it names the element type")),
                "shape" => Twice(ref shape, Whole(p, Bad)),
                "data_offsets" => Twice(ref offsets, Whole(p, Bad)),
                _ => throw Bad($"it has the key {p.Name}", "it has dtype, shape and data_offsets only"),
            };
            if (twice)
            {
                throw Bad($"{p.Name} occurs twice", "keys are unique");
            }
        }

        if (dtype is null || shape is null || offsets is null)
        {
            throw Bad("dtype, shape or data_offsets is missing", "all three must be there");
        }

        int type = Array.FindIndex(ElementTypes, e => e.Name == dtype);
        if (type < 0)
        {
            throw Bad($"its element type is {dtype}", $"it must be one of {string.Join(", ", ElementTypes.Select(e => e.Name))}");
        }

        if (offsets.Length != 2 || offsets[1] < offsets[0])
        {
            throw Bad($"data_offsets is [{string.Join(", ", offsets)}]", "it is a begin and an end that is not before it");
        }

        if (shape.Length > 32)
        {
            throw Bad($"it has {shape.Length} axes", "at most 32 are read");
        }

        Int128 bytes = ElementTypes[type].Type.Size();
        foreach (long d in shape)
        {
            bytes *= d;
            if (bytes > long.MaxValue)
            {
                throw Bad($"its shape ({string.Join(", ", shape)}) has more than 2^63 bytes", "the shape must fit the data");
            }
        }

        return bytes == offsets[1] - offsets[0] ? new Entry(name, ElementTypes[type].Type, new Shape(shape), offsets[0], offsets[1])
            : throw Bad($"shape ({string.Join(", ", shape)}) of {dtype} has {bytes} bytes, data_offsets hold {offsets[1] - offsets[0]}", "both must be equal");
    }

    private static bool Twice<T>(ref T? slot, T? value) where T : class
    {
        bool twice = slot is not null;
        slot = value;
        return twice;
    }

    private static long[] Whole(JsonProperty p, Func<string, string, ModelFileException> bad)
    {
        if (p.Value.ValueKind != JsonValueKind.Array)
        {
            throw bad($"{p.Name} is {p.Value.ValueKind}", "it is a list of whole numbers");
        }

        var numbers = new long[p.Value.GetArrayLength()];
        int i = 0;
        foreach (JsonElement e in p.Value.EnumerateArray())
        {
            numbers[i++] = e.ValueKind == JsonValueKind.Number && e.TryGetInt64(out long n) && n >= 0 ? n
                : throw bad($"{p.Name} holds {e.GetRawText()}", "it is a list of whole numbers that are not negative");
        }

        return numbers;
    }

    private static byte[] ReadExactly(Stream source, long bytes, string file)
    {
        // Grown as the bytes arrive: a length that a stream merely claims reserves nothing.
        var all = new MemoryStream();
        var piece = new byte[(int)Math.Min(Math.Max(bytes, 1), Piece)];
        while (all.Length < bytes)
        {
            int n = source.Read(piece, 0, (int)Math.Min(piece.Length, bytes - all.Length));
            if (n == 0)
            {
                throw Refuse(file, "header", $"the file ends after {all.Length} of its {bytes} bytes", "the header lies within the file");
            }

            all.Write(piece, 0, n);
        }

        return all.ToArray();
    }

    private static unsafe Tensor ReadInto(Stream source, Entry e, string file)
    {
        var t = new Tensor(e.Type, e.Shape);
        byte* data = (byte*)t.View.Data;
        for (long at = 0, bytes = e.End - e.Begin; at < bytes;)
        {
            int n = source.Read(new Span<byte>(data + at, (int)Math.Min(Piece, bytes - at)));
            if (n == 0)
            {
                t.Dispose();
                throw Refuse(file, $"tensor {e.Name}", $"the file ends {bytes - at} bytes before its data do", "the file is cut off; copy it again");
            }

            at += n;
        }

        GC.KeepAlive(t);
        return t;
    }

    /// <summary>From a stream of unknown length: the bytes first, the tensor after.</summary>
    private static Tensor ReadUnbelieved(Stream source, Entry e, string file)
    {
        byte[] bytes = ReadExactly(source, e.End - e.Begin, file);
        return ReadInto(new MemoryStream(bytes), e, file);
    }

    private static ModelFileException Refuse(string file, string place, string seen, string must) => new($"[safetensors] {file}: {place}: {seen}; {must}");

    private readonly record struct Entry(string Name, DType Type, Shape Shape, long Begin, long End);
}
