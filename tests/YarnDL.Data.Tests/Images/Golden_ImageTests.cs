using System.Text.Json;
using YarnDL.Data.Images;
using YarnDL.Testing;

namespace YarnDL.Data.Tests.Images;

public sealed class Golden_ImageTests
{
    private static IEnumerable<JsonElement> Entries(string prefix)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.RequireGolden("data", "index.json")));
        return [.. json.RootElement.EnumerateArray().Where(e => e.GetProperty("file").GetString()!.StartsWith(prefix, StringComparison.Ordinal)).Select(e => e.Clone())];
    }

    [Fact]
    public void Images_decode_to_their_reference_pixels()
    {
        int run = 0;
        var notYet = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var wrong = new List<string>();
        foreach (var entry in Entries("images/"))
        {
            string file = entry.GetProperty("file").GetString()!;
            string format = entry.GetProperty("format").GetString()!;
            if (!entry.TryGetProperty("expected", out var expected) || expected.ValueKind != JsonValueKind.String || format is not ("png" or "jpeg" or "gif"))
            {
                notYet[format] = notYet.GetValueOrDefault(format) + 1;
                continue;
            }

            run++;
            string? fault = Difference(SharedFolder.RequireGolden("data", file), SharedFolder.RequireGolden("data", expected.GetString()!), entry.GetProperty("tolerance"));
            if (fault is not null)
            {
                wrong.Add($"{file}: {fault}");
            }
        }

        Console.WriteLine($"suite golden images: {run} run, not yet {notYet.Values.Sum()} ({string.Join(", ", notYet.Select(n => $"{n.Key} {n.Value}"))})");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(run >= 70, $"only {run} images were compared");
    }

    [Fact]
    public void Malformed_images_are_bad_values_and_never_crash()
    {
        int run = 0;
        var wrong = new List<string>();
        var pixels = new PixelBuffer();
        foreach (var entry in Entries("bad/images/"))
        {
            string file = entry.GetProperty("file").GetString()!;
            string must = entry.GetProperty("must").GetString()!;
            byte[] bytes = File.ReadAllBytes(SharedFolder.RequireGolden("data", file));
            string? fault = ImageDecoder.Decode(bytes, ImageDecoder.DefaultMostPixels, pixels);
            run++;
            bool mayDecode = !must.StartsWith("error", StringComparison.Ordinal) || must.StartsWith("error or image", StringComparison.Ordinal)
                || must is "error or the 1x1 image" or "error or black" or "error or pixels of the right size" or "error or garbage pixels of the right size";
            bool mustDecode = must.StartsWith("image", StringComparison.Ordinal);
            if ((fault is null && !mayDecode) || (fault is not null && mustDecode))
            {
                wrong.Add($"{file} ({entry.GetProperty("notes").GetString()}): must be {must}, was {fault ?? $"decoded to {pixels.Width} x {pixels.Height}"}");
            }
        }

        Console.WriteLine($"suite golden bad images: {run} run, not yet 0");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(run >= 45, $"only {run} files were read");
    }

    private static string? Difference(string file, string expectation, JsonElement tolerance)
    {
        var pixels = new PixelBuffer();
        byte[] bytes = File.ReadAllBytes(file);
        if (ImageDecoder.Decode(bytes, ImageDecoder.DefaultMostPixels, pixels) is { } fault)
        {
            return fault;
        }

        Assert.Null(ImageDecoder.ReadHead(bytes, ImageDecoder.DefaultMostPixels, out var head));
        Assert.Equal((pixels.Width, pixels.Height, pixels.Channels), (head.Width, head.Height, head.Channels));
        var (shape, values, bits) = Npy.Read(expectation);
        int channels = shape.Length == 2 ? 1 : shape[2];
        if (file.EndsWith(".gif", StringComparison.Ordinal) && pixels.Channels == channels + 1)
        {
            // A GIF in which any frame is transparent has an alpha channel in all frames.
            pixels = WithoutOpaqueAlpha(pixels);
            head = head with { Channels = pixels.Channels };
        }

        if (shape[0] != pixels.Height || shape[1] != pixels.Width || channels != pixels.Channels || bits != head.Bits)
        {
            return $"is {pixels.Height} x {pixels.Width} x {pixels.Channels} of {head.Bits} bits instead of {string.Join(" x ", shape)} of {bits}";
        }

        double most = 0, sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double difference = Math.Abs((pixels[i] * (bits == 16 ? 257.0 : 1)) - values[i]);
            difference = bits == 16 ? Math.Round(difference, 2) : difference;
            most = Math.Max(most, difference);
            sum += difference;
        }

        double mostAllowed = tolerance.GetProperty("max_abs").GetDouble();
        double meanAllowed = tolerance.TryGetProperty("mean_abs", out var mean) ? mean.GetDouble() : mostAllowed;
        return most <= mostAllowed && sum / values.Length <= meanAllowed ? null : $"differs by {most}, on average {sum / values.Length}";
    }

    private static PixelBuffer WithoutOpaqueAlpha(PixelBuffer image)
    {
        var result = new PixelBuffer();
        result.Reset(image.Width, image.Height, image.Channels - 1, false);
        for (int i = 0; i < image.Width * image.Height; i++)
        {
            var pixel = image.Bytes.Slice(i * image.Channels, image.Channels);
            Assert.Equal(255, pixel[^1]);
            pixel[..^1].CopyTo(result.Bytes[(i * result.Channels)..]);
        }

        return result;
    }
}
