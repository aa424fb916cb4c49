namespace YarnDL.Data.Images;

/// <summary>
/// An image as rows of interleaved channels (height, width, channels), top to bottom: 1 grey, 2 grey + alpha, 3 RGB, 4 RGB + alpha (not premultiplied).
/// Samples are bytes, or float32 in the same 0..255 scale. Memory is kept when the buffer is filled again.
/// </summary>
public sealed class PixelBuffer
{
    private byte[] _bytes = [];
    private float[] _floats = [];

    public int Width { get; private set; }

    public int Height { get; private set; }

    public int Channels { get; private set; }

    /// <summary>True when samples are float32.</summary>
    public bool IsFloat { get; private set; }

    public int Samples => Width * Height * Channels;

    public Span<byte> Bytes => _bytes.AsSpan(0, IsFloat ? 0 : Samples);

    public Span<float> Floats => _floats.AsSpan(0, IsFloat ? Samples : 0);

    /// <summary>Gives the buffer a size; samples hold what was there before.</summary>
    /// <exception cref="OverflowException">More than 2^31-1 samples.</exception>
    public void Reset(int width, int height, int channels, bool isFloat)
    {
        int samples = checked(width * height * channels);
        Width = width;
        Height = height;
        Channels = channels;
        IsFloat = isFloat;
        if (isFloat && _floats.Length < samples)
        {
            _floats = new float[samples];
        }
        else if (!isFloat && _bytes.Length < samples)
        {
            _bytes = new byte[samples];
        }
    }

    /// <summary>A sample as float32, 0..255.</summary>
    public float this[int sample] => IsFloat ? _floats[sample] : _bytes[sample];
}
