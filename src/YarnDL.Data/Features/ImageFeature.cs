using System.Globalization;
using System.Text.Json.Nodes;
using YarnDL.Data.Encoding;
using YarnDL.Data.Images;
using YarnDL.Data.Rows;
using YarnDL.Tensors;

namespace YarnDL.Data.Features;

/// <summary>
/// An image: float32 (channels, height, width), samples / 255, then normalised. Channels are those declared, 1 after grayscale, else 3 when a training image
/// has colour and 1 when none has (alpha only when 4 are declared). Height and width are those of the last resize or crop, else those that all training images share.
/// </summary>
public sealed class ImageFeature : Feature
{
    internal const string TypeName = "image";

    private readonly string _column;
    private readonly string? _heightColumn;
    private readonly string? _widthColumn;
    private readonly int? _declaredChannels;

    private ImageFeature(string name, string column, string? heightColumn, string? widthColumn, IReadOnlyList<ImageStep> steps, int? channels, long mostPixels) : base(name)
    {
        _column = column;
        _heightColumn = heightColumn;
        _widthColumn = widthColumn;
        _declaredChannels = channels;
        Columns = heightColumn is null ? [column] : [column, heightColumn, widthColumn!];
        Steps = [.. steps];
        MostPixels = mostPixels;
        Check();
    }

    public override IReadOnlyList<string> Columns { get; }

    public IReadOnlyList<ImageStep> Steps { get; }

    /// <summary>1, 3 or 4 when the options tell.</summary>
    public int? Channels => _declaredChannels ?? (Steps.Any(s => s is ImageStep.Grayscale) ? 1 : null);

    /// <summary>Larger images are bad values.</summary>
    public long MostPixels { get; }

    /// <summary>True when the column holds raw pixels.</summary>
    internal bool IsRaw => _heightColumn is not null;

    public override FeatureSpec Spec
    {
        get
        {
            var options = new JsonObject { ["name"] = Name, ["column"] = _column };
            if (_heightColumn is not null)
            {
                options["height"] = _heightColumn;
                options["width"] = _widthColumn;
            }

            foreach (var step in Steps)
            {
                step.Write(options);
            }

            if (_declaredChannels is { } channels)
            {
                options["channels"] = channels;
            }

            if (MostPixels != ImageDecoder.DefaultMostPixels)
            {
                options["maxPixels"] = MostPixels;
            }

            return new FeatureSpec(TypeName, options);
        }
    }

    /// <summary>The same under another name.</summary>
    public ImageFeature Named(string name) => new(name, _column, _heightColumn, _widthColumn, Steps, _declaredChannels, MostPixels);

    /// <summary>The same with 1, 3 or 4 channels for every image.</summary>
    public ImageFeature WithChannels(int channels) => new(Name, _column, _heightColumn, _widthColumn, Steps, channels, MostPixels);

    /// <summary>Adds a conversion to one channel.</summary>
    public ImageFeature Grayscale() => With(new ImageStep.Grayscale());

    /// <summary>Adds a resize to (height, width).</summary>
    public ImageFeature Resize(int height, int width, Interpolation interpolation = Interpolation.Bilinear) => With(new ImageStep.Resize(height, width, interpolation));

    /// <summary>Adds a central crop.</summary>
    public ImageFeature CenterCrop(int height, int width) => With(new ImageStep.Crop(height, width, null, null));

    /// <summary>Adds a crop at a corner.</summary>
    public ImageFeature Crop(int top, int left, int height, int width) => With(new ImageStep.Crop(height, width, top, left));

    /// <summary>Adds (x - mean) / deviation, the same for all channels, on samples 0 to 1.</summary>
    public ImageFeature Normalize(float mean, float deviation) => With(new ImageStep.Normalize([mean], [deviation]));

    /// <summary>Adds (x - mean) / deviation per channel, on samples 0 to 1.</summary>
    public ImageFeature Normalize(IReadOnlyList<float> mean, IReadOnlyList<float> deviation) => With(new ImageStep.Normalize([.. mean], [.. deviation]));

    internal static ImageFeature Of(string column) => new(column, column, null, null, [], null, ImageDecoder.DefaultMostPixels);

    internal static ImageFeature OfPixels(string column, string height, string width) => new(column, column, height, width, [], null, ImageDecoder.DefaultMostPixels);

    internal static ImageFeature Read(FeatureOptions o)
    {
        string column = o.Text("column");
        string? height = o.TextOr("height", null), width = o.TextOr("width", null);
        if (height is null != width is null)
        {
            throw new DataException(DataFault.Job, "[image] raw pixels need both options 'height' and 'width': the columns that hold them");
        }

        var feature = new ImageFeature(o.TextOr("name", column)!, column, height, width, ImageStep.Read(o, o.Options), (int?)o.Integer("channels", 1, 4), o.Integer("maxPixels", 1, long.MaxValue) ?? ImageDecoder.DefaultMostPixels);
        o.Done();
        return feature;
    }

    public override FeatureFit? NewFit(Schema schema) => Channels is not null && SizeBySteps() is not null ? null : new ImageFit(this, ImageSource.Bind(this, schema));

    public override EncodedColumn Encoded(JsonNode? fitted)
    {
        var (height, width) = SizeBySteps() ?? (Fitted(fitted, "height"), Fitted(fitted, "width"));
        return new(Name, DType.Float32, new Shape(Channels ?? Fitted(fitted, "channels"), height, width));
    }

    public override FeatureEncoder Bind(Schema schema, JsonNode? fitted) => new ImageEncoder(this, ImageSource.Bind(this, schema), Encoded(fitted).PerRow!.Value);

    /// <summary>Height and width when a step sets them.</summary>
    internal (int Height, int Width)? SizeBySteps()
    {
        for (int i = Steps.Count - 1; i >= 0; i--)
        {
            switch (Steps[i])
            {
                case ImageStep.Resize r: return (r.Height, r.Width);
                case ImageStep.Crop c: return (c.Height, c.Width);
            }
        }

        return null;
    }

    private ImageFeature With(ImageStep step) => new(Name, _column, _heightColumn, _widthColumn, [.. Steps, step], _declaredChannels, MostPixels);

    private int Fitted(JsonNode? fitted, string key) => fitted is JsonObject o && new FeatureOptions(new FeatureSpec($"image '{Name}', fitted", o)).Integer(key, 1, 1 << 20) is { } value
        ? (int)value
        : throw new DataException(DataFault.Input, $"[image] feature '{Name}' has no fitted '{key}'; set it by options (resize, channels) or fit the feature again");

    private void Check()
    {
        if (_declaredChannels is not (null or 1 or 3 or 4))
        {
            throw new DataException(DataFault.Job, $"[image] option 'channels' is {_declaredChannels}; 1, 3 or 4 are possible");
        }

        for (int i = 0; i < Steps.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (Steps[i].GetType() == Steps[j].GetType())
                {
                    throw new DataException(DataFault.Job, $"[image] feature '{Name}' has the step {Steps[i].GetType().Name} twice; each step may be there once");
                }
            }

            switch (Steps[i])
            {
                case ImageStep.Normalize n:
                    CheckNormalize(n, i == Steps.Count - 1);
                    break;
                case ImageStep.Resize { Height: < 1 } or ImageStep.Resize { Width: < 1 } or ImageStep.Crop { Height: < 1 } or ImageStep.Crop { Width: < 1 } or ImageStep.Crop { Top: < 0 } or ImageStep.Crop { Left: < 0 }:
                    throw new DataException(DataFault.Job, $"[image] feature '{Name}' has the step {Steps[i]}; sizes of 1 or more and corners of 0 or more are needed");
            }
        }
    }

    private void CheckNormalize(ImageStep.Normalize n, bool isLast)
    {
        if (!isLast)
        {
            throw new DataException(DataFault.Job, $"[image] feature '{Name}' normalises before another step; normalize must be the last");
        }

        bool finite = n.Deviation.All(d => d != 0 && float.IsFinite(d)) && n.Mean.All(float.IsFinite);
        if (!finite || n.Mean.Count != n.Deviation.Count || n.Mean.Count is not (1 or 3 or 4) || (Channels is { } c && n.Mean.Count != 1 && n.Mean.Count != c))
        {
            throw new DataException(DataFault.Job, $"[image] feature '{Name}' has {n.Mean.Count} means and {n.Deviation.Count} deviations for {Channels?.ToString(CultureInfo.InvariantCulture) ?? "its"} channels; one of each, or one per channel, no deviation 0, are needed");
        }
    }
}
