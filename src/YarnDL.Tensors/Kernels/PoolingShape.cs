using System.Globalization;

namespace YarnDL.Tensors.Kernels;

/// <summary>
/// The extents of a two-dimensional pooling, without the number of rows. One dimension is height 1, kernel height 1.
/// Input (N, Channels, Height, Width), output (N, Channels, OutputHeight, OutputWidth).
/// </summary>
public sealed record PoolingShape
{
    public required long Channels { get; init; }

    public required long Height { get; init; }

    public required long Width { get; init; }

    public required long KernelHeight { get; init; }

    public required long KernelWidth { get; init; }

    public required long StrideHeight { get; init; }

    public required long StrideWidth { get; init; }

    public long PadTop { get; init; }

    public long PadLeft { get; init; }

    public long PadBottom { get; init; }

    public long PadRight { get; init; }

    /// <summary>For maxima only.</summary>
    public long DilationHeight { get; init; } = 1;

    /// <summary>For maxima only.</summary>
    public long DilationWidth { get; init; } = 1;

    /// <summary>A last window that begins inside the input or its left padding counts although it does not fit.</summary>
    public bool CeilMode { get; init; }

    /// <summary>Averages divide by the taps inside the padded input, not only inside the input.</summary>
    public bool CountIncludePad { get; init; }

    public long OutputHeight => OutputExtent(Height, PadTop, PadBottom, KernelHeight, DilationHeight, StrideHeight);

    public long OutputWidth => OutputExtent(Width, PadLeft, PadRight, KernelWidth, DilationWidth, StrideWidth);

    /// <summary>Output pixels of one row and channel.</summary>
    public long Positions => OutputHeight * OutputWidth;

    /// <summary>Refuses extents that cannot be.</summary>
    /// <exception cref="ArgumentException">An extent is out of range, a pad is not smaller than the kernel, or the kernel is larger than the padded input.</exception>
    public void Check()
    {
        if (Channels < 1 || KernelHeight < 1 || KernelWidth < 1 || StrideHeight < 1 || StrideWidth < 1 || DilationHeight < 1 || DilationWidth < 1)
        {
            throw new ArgumentException($"[pool] {this}: channels, kernel, strides and dilations must be at least 1");
        }

        if (Math.Min(Math.Min(PadTop, PadBottom), Math.Min(PadLeft, PadRight)) < 0 || Math.Min(Height, Width) < 0)
        {
            throw new ArgumentException($"[pool] {this} has a negative extent; heights, widths and pads are 0 or more");
        }

        if (Math.Max(PadTop, PadBottom) > (KernelHeight - 1) * DilationHeight || Math.Max(PadLeft, PadRight) > (KernelWidth - 1) * DilationWidth)
        {
            throw new ArgumentException($"[pool] {this}: a pad must be smaller than the kernel, or windows lie wholly in the padding");
        }

        if (OutputHeight < 1 || OutputWidth < 1)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"[pool] input {Height} x {Width} is smaller than the kernel {KernelHeight} x {KernelWidth}; pad the input or use a smaller kernel"));
        }
    }

    /// <summary>Input, kernel, strides, pads and dilations as given.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"input ({Channels}, {Height}, {Width}), kernel ({KernelHeight}, {KernelWidth}), strides ({StrideHeight}, {StrideWidth}), pads ({PadTop}, {PadLeft}, {PadBottom}, {PadRight}), dilations ({DilationHeight}, {DilationWidth})");

    private long OutputExtent(long input, long before, long after, long kernel, long dilation, long stride)
    {
        long room = checked(input + before + after) - checked(dilation * (kernel - 1)) - 1;
        if (room < 0)
        {
            return 0;
        }

        long count = (room / stride) + 1;
        return CeilMode && room % stride != 0 && count * stride < input + before ? count + 1 : count;
    }
}
