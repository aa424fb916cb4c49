namespace YarnDL.Data.Images;

/// <summary>Resizes images to one size: first along x, then along y, in float64; bytes are rounded once. Keeps the weights of the last input size. Not thread-safe.</summary>
internal sealed class ImageResizer(int height, int width, Interpolation how)
{
    private Resampling? _x;
    private Resampling? _y;
    private int _inputWidth;
    private int _inputHeight;
    private double[] _rows = [];

    /// <summary>Fills <paramref name="into"/> with the resized image.</summary>
    public void Resize(PixelBuffer image, PixelBuffer into)
    {
        int channels = image.Channels;
        into.Reset(width, height, channels, image.IsFloat);
        Prepare(image);
        int line = checked(width * channels);
        if (_rows.Length < checked(line * image.Height))
        {
            _rows = new double[line * image.Height];
        }

        AlongX(image, line);
        for (int y = 0; y < height; y++)
        {
            for (int i = 0; i < line; i++)
            {
                double sum = 0;
                for (int t = 0; t < _y!.Taps; t++)
                {
                    int row = Math.Clamp(_y.First[y] + t, 0, image.Height - 1);
                    sum += _y.Weights[(y * _y.Taps) + t] * _rows[(row * line) + i];
                }

                if (image.IsFloat)
                {
                    into.Floats[(y * line) + i] = (float)sum;
                }
                else
                {
                    into.Bytes[(y * line) + i] = (byte)Math.Clamp(Math.Round(sum), 0, 255);
                }
            }
        }
    }

    private void AlongX(PixelBuffer image, int line)
    {
        int channels = image.Channels;
        for (int y = 0; y < image.Height; y++)
        {
            int source = y * image.Width * channels;
            for (int x = 0; x < width; x++)
            {
                for (int c = 0; c < channels; c++)
                {
                    double sum = 0;
                    for (int t = 0; t < _x!.Taps; t++)
                    {
                        int column = Math.Clamp(_x.First[x] + t, 0, image.Width - 1);
                        sum += _x.Weights[(x * _x.Taps) + t] * image[source + (column * channels) + c];
                    }

                    _rows[(y * line) + (x * channels) + c] = sum;
                }
            }
        }
    }

    private void Prepare(PixelBuffer image)
    {
        if (_x is null || _inputWidth != image.Width || _inputHeight != image.Height)
        {
            bool shrink = width <= image.Width && height <= image.Height;
            _x = Resampling.Along(image.Width, width, how, shrink);
            _y = Resampling.Along(image.Height, height, how, shrink);
            _inputWidth = image.Width;
            _inputHeight = image.Height;
        }
    }
}
