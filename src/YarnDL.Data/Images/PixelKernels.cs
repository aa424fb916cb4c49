namespace YarnDL.Data.Images;

/// <summary>Colour, crop and layout of images.</summary>
internal static class PixelKernels
{
    /// <summary>
    /// Grey = 0.299 R + 0.587 G + 0.114 B; for bytes in fixed point: (4899 R + 9617 G + 1868 B + 8192) >> 14. Alpha is dropped; grey stays as it is.
    /// </summary>
    public static void Grayscale(PixelBuffer image, PixelBuffer into)
    {
        int channels = image.Channels;
        into.Reset(image.Width, image.Height, 1, image.IsFloat);
        for (int i = 0; i < image.Width * image.Height; i++)
        {
            int at = i * channels;
            if (image.IsFloat)
            {
                into.Floats[i] = channels < 3 ? image[at] : (float)((0.299 * image[at]) + (0.587 * image[at + 1]) + (0.114 * image[at + 2]));
            }
            else
            {
                var p = image.Bytes[at..];
                into.Bytes[i] = channels < 3 ? p[0] : (byte)(((4899 * p[0]) + (9617 * p[1]) + (1868 * p[2]) + 8192) >> 14);
            }
        }
    }

    /// <summary>The rectangle with this corner and size, which must lie inside.</summary>
    public static void Crop(PixelBuffer image, PixelBuffer into, int top, int left, int height, int width)
    {
        into.Reset(width, height, image.Channels, image.IsFloat);
        int line = width * image.Channels;
        for (int y = 0; y < height; y++)
        {
            int from = (((top + y) * image.Width) + left) * image.Channels;
            if (image.IsFloat)
            {
                image.Floats.Slice(from, line).CopyTo(into.Floats[(y * line)..]);
            }
            else
            {
                image.Bytes.Slice(from, line).CopyTo(into.Bytes[(y * line)..]);
            }
        }
    }

    /// <summary>
    /// out[c, y, x] = (sample / 255 - mean[c]) / deviation[c] in float32. Channels that the image lacks: grey stands for each colour, alpha is 255; channels beyond are dropped.
    /// </summary>
    public static void ToTensor(PixelBuffer image, Span<float> into, int channels, ReadOnlySpan<float> mean, ReadOnlySpan<float> deviation)
    {
        int pixels = image.Width * image.Height;
        bool hasAlpha = image.Channels is 2 or 4;
        int colours = image.Channels < 3 ? 1 : 3;
        for (int c = 0; c < channels; c++)
        {
            float m = mean[c], d = deviation[c];
            var plane = into.Slice(c * pixels, pixels);
            int source = c < 3 ? Math.Min(c, colours - 1) : hasAlpha ? image.Channels - 1 : -1;
            for (int i = 0; i < pixels; i++)
            {
                float sample = source < 0 ? 255f : image[(i * image.Channels) + source];
                plane[i] = ((sample / 255f) - m) / d;
            }
        }
    }
}
