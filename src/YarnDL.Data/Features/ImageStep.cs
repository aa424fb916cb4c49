using System.Text.Json.Nodes;
using YarnDL.Data.Images;

namespace YarnDL.Data.Features;

/// <summary>One step of an <see cref="ImageFeature"/>, in the order in which it is applied.</summary>
public abstract record ImageStep
{
    private ImageStep()
    {
    }

    /// <summary>To one channel: 0.299 R + 0.587 G + 0.114 B.</summary>
    public sealed record Grayscale : ImageStep;

    /// <summary>To (height, width).</summary>
    public sealed record Resize(int Height, int Width, Interpolation Interpolation) : ImageStep;

    /// <summary>The rectangle with this corner, or the central one: top = (H - height) / 2, left = (W - width) / 2, rounded down.</summary>
    public sealed record Crop(int Height, int Width, int? Top, int? Left) : ImageStep;

    /// <summary>(x - mean) / deviation per channel, after the samples have become 0 to 1; the last step. One value stands for all channels.</summary>
    public sealed record Normalize(IReadOnlyList<float> Mean, IReadOnlyList<float> Deviation) : ImageStep;

    /// <summary>Reads the steps among a feature's options, in the order in which they are written.</summary>
    internal static List<ImageStep> Read(FeatureOptions o, JsonObject options)
    {
        var how = o.OneOf("interpolation", "nearest", "bilinear", "bicubic", "area") is { } word ? Enum.Parse<Interpolation>(word, true) : Interpolation.Bilinear;
        ImageStep? gray = o.Flag("grayscale") == true ? new Grayscale() : null;
        ImageStep? resize = o.Integers("resize", 1, 1 << 16) is { } r
            ? r.Count is 1 or 2 ? new Resize((int)r[0], (int)r[^1], how) : throw o.Wrong("resize", options["resize"], "[height, width]")
            : null;
        ImageStep? crop = ReadCrop(o, options);
        ImageStep? normalize = ReadNormalize(o);
        if (resize is null && o.Has("interpolation"))
        {
            throw o.Wrong("interpolation", options["interpolation"], "a resize that it belongs to");
        }

        var steps = new List<ImageStep>();
        foreach (var (key, _) in options)
        {
            ImageStep? step = key switch { "grayscale" => gray, "resize" => resize, "crop" => crop, "normalize" => normalize, _ => null };
            if (step is not null)
            {
                steps.Add(step);
            }
        }

        return steps;
    }

    /// <summary>Adds the step to a feature's options.</summary>
    internal void Write(JsonObject options)
    {
        switch (this)
        {
            case Grayscale:
                options["grayscale"] = true;
                break;
            case Resize r:
                options["resize"] = new JsonArray(r.Height, r.Width);
                options["interpolation"] = r.Interpolation.ToString().ToLowerInvariant();
                break;
            case Crop { Top: { } top, Left: { } left } c:
                options["crop"] = new JsonObject { ["top"] = top, ["left"] = left, ["height"] = c.Height, ["width"] = c.Width };
                break;
            case Crop c:
                options["crop"] = new JsonArray(c.Height, c.Width);
                break;
            case Normalize n:
                options["normalize"] = new JsonObject { ["mean"] = Numbers(n.Mean), ["std"] = Numbers(n.Deviation) };
                break;
        }
    }

    private static JsonArray Numbers(IReadOnlyList<float> values)
    {
        var array = new JsonArray();
        foreach (float v in values)
        {
            array.Add(JsonValue.Create(v));
        }

        return array;
    }

    private static Crop? ReadCrop(FeatureOptions o, JsonObject options)
    {
        if (options["crop"] is JsonObject)
        {
            var inner = o.Inner("crop")!;
            var crop = new Crop(
                (int)(inner.Integer("height", 1, 1 << 16) ?? throw inner.Wrong("height", null, "an integer")),
                (int)(inner.Integer("width", 1, 1 << 16) ?? throw inner.Wrong("width", null, "an integer")),
                (int)(inner.Integer("top", 0, 1 << 16) ?? 0),
                (int)(inner.Integer("left", 0, 1 << 16) ?? 0));
            inner.Done();
            return crop;
        }

        return o.Integers("crop", 1, 1 << 16) is not { } c ? null
            : c.Count is 1 or 2 ? new Crop((int)c[0], (int)c[^1], null, null) : throw o.Wrong("crop", options["crop"], "[height, width]");
    }

    private static Normalize? ReadNormalize(FeatureOptions o)
    {
        if (o.Inner("normalize") is not { } inner)
        {
            return null;
        }

        var mean = inner.Numbers("mean") ?? throw inner.Wrong("mean", null, "numbers per channel");
        var std = inner.Numbers("std") ?? throw inner.Wrong("std", null, "numbers per channel");
        inner.Done();
        return new Normalize([.. mean.Select(v => (float)v)], [.. std.Select(v => (float)v)]);
    }
}
