using System.Text.Json;

namespace YarnDL.Tensors.Tests;

/// <summary>One group of golden vectors: its cases and their tensors as numbers.</summary>
internal sealed class GoldenFile
{
    private readonly byte[] _bytes;
    private readonly JsonElement _header;
    private readonly long _data;

    public GoldenFile(string manifest)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(manifest));
        Cases = [.. document.RootElement.GetProperty("cases").Clone().EnumerateArray()];
        _bytes = File.ReadAllBytes(Path.ChangeExtension(manifest, ".safetensors"));
        long length = BitConverter.ToInt64(_bytes);
        _header = JsonDocument.Parse(_bytes.AsMemory(8, (int)length)).RootElement;
        _data = 8 + length;
    }

    public IReadOnlyList<JsonElement> Cases { get; }

    public double[] Read(JsonElement @case, string group, string role)
    {
        JsonElement entry = _header.GetProperty(@case.GetProperty(group).GetProperty(role).GetString()!);
        int start = (int)(_data + entry.GetProperty("data_offsets")[0].GetInt64());
        int end = (int)(_data + entry.GetProperty("data_offsets")[1].GetInt64());
        string type = entry.GetProperty("dtype").GetString()!;
        int size = type is "F64" or "I64" ? 8 : 4;
        var values = new double[(end - start) / size];
        for (int i = 0; i < values.Length; i++)
        {
            int at = start + (i * size);
            values[i] = type switch
            {
                "F64" => BitConverter.ToDouble(_bytes, at),
                "F32" => BitConverter.ToSingle(_bytes, at),
                "I64" => BitConverter.ToInt64(_bytes, at),
                _ => BitConverter.ToInt32(_bytes, at),
            };
        }

        return values;
    }
}
