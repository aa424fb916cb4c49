using System.Runtime.InteropServices;
using YarnDL.Data.Images;
using YarnDL.Data.Rows;
using YarnDL.Tensors;

namespace YarnDL.Data.Features;

/// <summary>Applies the steps of an <see cref="ImageFeature"/> to a row's image.</summary>
internal sealed class ImageEncoder : FeatureEncoder
{
    private readonly ImageFeature _feature;
    private readonly ImageSource _source;
    private readonly Shape _shape;
    private readonly float[] _mean;
    private readonly float[] _deviation;
    private readonly ImageResizer? _resizer;
    private PixelBuffer _image = new();
    private PixelBuffer _spare = new();

    public ImageEncoder(ImageFeature feature, ImageSource source, Shape shape)
    {
        _feature = feature;
        _source = source;
        _shape = shape;
        int channels = (int)shape[0];
        _mean = new float[channels];
        _deviation = new float[channels];
        Array.Fill(_deviation, 1f);
        foreach (var step in feature.Steps)
        {
            if (step is ImageStep.Resize r)
            {
                _resizer = new ImageResizer(r.Height, r.Width, r.Interpolation);
            }
            else if (step is ImageStep.Normalize n)
            {
                if (n.Mean.Count != 1 && n.Mean.Count != channels)
                {
                    throw new DataException(DataFault.Job, $"[image] feature '{feature.Name}' is normalised with {n.Mean.Count} means, its images have {channels} channels; give one mean, or one per channel");
                }

                for (int c = 0; c < channels; c++)
                {
                    _mean[c] = n.Mean[n.Mean.Count == 1 ? 0 : c];
                    _deviation[c] = n.Deviation[n.Deviation.Count == 1 ? 0 : c];
                }
            }
        }
    }

    public override BadValue? Encode(ColumnBatch batch, int row, Span<byte> into)
    {
        string? fault = _source.Read(batch, row, _image) ?? Apply();
        if (fault is null && (_image.Height != _shape[1] || _image.Width != _shape[2]))
        {
            fault = $"is {_image.Height} x {_image.Width}, the training images are {_shape[1]} x {_shape[2]}; add resize";
        }

        if (fault is null && _image.Channels >= 3 && _shape[0] == 1)
        {
            fault = $"has {_image.Channels} channels, 1 is expected; add grayscale, or declare channels: 3";
        }

        if (fault is not null)
        {
            return _source.Bad(batch, row, fault);
        }

        PixelKernels.ToTensor(_image, MemoryMarshal.Cast<byte, float>(into), (int)_shape[0], _mean, _deviation);
        return null;
    }

    private string? Apply()
    {
        foreach (var step in _feature.Steps)
        {
            switch (step)
            {
                case ImageStep.Grayscale:
                    PixelKernels.Grayscale(_image, _spare);
                    break;
                case ImageStep.Resize:
                    _resizer!.Resize(_image, _spare);
                    break;
                case ImageStep.Crop c:
                    int top = c.Top ?? ((_image.Height - c.Height) / 2), left = c.Left ?? ((_image.Width - c.Width) / 2);
                    if (top < 0 || left < 0 || top + c.Height > _image.Height || left + c.Width > _image.Width)
                    {
                        return $"is {_image.Height} x {_image.Width}, a crop of {c.Height} x {c.Width} does not fit; resize first";
                    }

                    PixelKernels.Crop(_image, _spare, top, left, c.Height, c.Width);
                    break;
                default:
                    continue;
            }

            (_image, _spare) = (_spare, _image);
        }

        return null;
    }
}
