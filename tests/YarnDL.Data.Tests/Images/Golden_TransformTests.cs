using System.Buffers.Binary;
using System.Text.Json;
using YarnDL.Data.Images;
using YarnDL.Testing;

namespace YarnDL.Data.Tests.Images;

public sealed class Golden_TransformTests
{
    [Fact]
    public void Transforms_meet_their_reference()
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.RequireGolden("data", "transforms", "cases.json")));
        using var tensors = new Tensors(SharedFolder.RequireGolden("data", "transforms", "transforms.safetensors"));
        int run = 0;
        var notYet = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var wrong = new List<string>();
        foreach (var c in cases.RootElement.EnumerateArray())
        {
            string op = c.GetProperty("params").GetProperty("op").GetString()!;
            float[]? got = Run(op, c, tensors);
            if (got is null)
            {
                notYet[op] = notYet.GetValueOrDefault(op) + 1;
                continue;
            }

            run++;
            var (_, expected) = tensors.Read(c.GetProperty("outputs")[0].GetString()!);
            double allowed = c.GetProperty("tolerance").GetProperty("max_abs").GetDouble();
            double most = got.Length == expected.Length ? got.Zip(expected, (a, b) => Math.Abs((double)a - b)).Max() : double.PositiveInfinity;
            if (!(most <= allowed))
            {
                wrong.Add($"{c.GetProperty("name").GetString()}: differs by {most}, {allowed} is allowed");
            }
        }

        Console.WriteLine($"suite golden transforms: {run} run, not yet {notYet.Values.Sum()} ({string.Join(", ", notYet.Select(n => $"{n.Key} {n.Value}"))})");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(run >= 54, $"only {run} cases were run");
    }

    private static float[]? Run(string op, JsonElement c, Tensors tensors)
    {
        var p = c.GetProperty("params");
        if (op is not ("resize" or "center_crop" or "crop" or "grayscale_cv" or "channel_normalize" or "hwc_to_chw")
            || (op == "hwc_to_chw" && p.TryGetProperty("order", out _)))
        {
            return null;
        }

        var image = tensors.Image(c.GetProperty("input").GetString()!);
        var result = new PixelBuffer();
        int Size(string key) => p.GetProperty(key).GetInt32();
        switch (op)
        {
            case "resize":
                new ImageResizer(Size("height"), Size("width"), Enum.Parse<Interpolation>(p.GetProperty("interpolation").GetString()!, true)).Resize(image, result);
                break;
            case "center_crop":
                PixelKernels.Crop(image, result, (image.Height - Size("height")) / 2, (image.Width - Size("width")) / 2, Size("height"), Size("width"));
                break;
            case "crop":
                PixelKernels.Crop(image, result, Size("y"), Size("x"), Size("height"), Size("width"));
                break;
            case "grayscale_cv":
                PixelKernels.Grayscale(image, result);
                break;
            default:
                return Planes(op, p, image);
        }

        return [.. Enumerable.Range(0, result.Samples).Select(i => result[i])];
    }

    /// <summary>Our planes are samples / 255, normalised; the references are taken back to that scale, or from planes to rows.</summary>
    private static float[] Planes(string op, JsonElement p, PixelBuffer image)
    {
        float[] planes = new float[image.Samples];
        if (op == "hwc_to_chw")
        {
            PixelKernels.ToTensor(image, planes, image.Channels, new float[image.Channels], [.. Enumerable.Repeat(1 / 255f, image.Channels)]);
            return [.. planes.Select(v => MathF.Round(v))];
        }

        bool scaled = p.TryGetProperty("scale", out _);
        if (scaled)
        {
            // The input of these cases is already 0 to 1.
            foreach (ref float sample in image.Floats)
            {
                sample *= 255;
            }
        }

        float[] mean = Floats(p, scaled ? "mean" : "mean_rgb"), std = Floats(p, scaled ? "std" : "std_rgb");
        PixelKernels.ToTensor(image, planes, image.Channels, scaled ? mean : [.. mean.Select(m => m / 255)], scaled ? std : [.. std.Select(s => s / 255)]);
        int pixels = image.Width * image.Height;
        return [.. Enumerable.Range(0, planes.Length).Select(i => planes[(i % image.Channels * pixels) + (i / image.Channels)])];
    }

    private static float[] Floats(JsonElement p, string key) => [.. p.GetProperty(key).EnumerateArray().Select(v => v.GetSingle())];

    /// <summary>The tensors of transforms.safetensors.</summary>
    private sealed class Tensors : IDisposable
    {
        private readonly byte[] _bytes;
        private readonly int _data;
        private readonly JsonDocument _header;

        public Tensors(string path)
        {
            _bytes = File.ReadAllBytes(path);
            int header = (int)BinaryPrimitives.ReadUInt64LittleEndian(_bytes);
            _header = JsonDocument.Parse(_bytes.AsMemory(8, header));
            _data = 8 + header;
        }

        public (int[] Shape, float[] Values) Read(string name)
        {
            var t = _header.RootElement.GetProperty(name);
            int from = _data + t.GetProperty("data_offsets")[0].GetInt32();
            int[] shape = [.. t.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())];
            bool bytes = t.GetProperty("dtype").GetString() == "U8";
            float[] values = new float[shape.Aggregate(1, (a, b) => a * b)];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = bytes ? _bytes[from + i] : BinaryPrimitives.ReadSingleLittleEndian(_bytes.AsSpan(from + (4 * i)));
            }

            return (shape, values);
        }

        public PixelBuffer Image(string name)
        {
            var (shape, values) = Read(name);
            var image = new PixelBuffer();
            image.Reset(shape[1], shape[0], shape.Length == 2 ? 1 : shape[2], _header.RootElement.GetProperty(name).GetProperty("dtype").GetString() == "F32");
            for (int i = 0; i < values.Length; i++)
            {
                if (image.IsFloat)
                {
                    image.Floats[i] = values[i];
                }
                else
                {
                    image.Bytes[i] = (byte)values[i];
                }
            }

            return image;
        }

        public void Dispose() => _header.Dispose();
    }
}
