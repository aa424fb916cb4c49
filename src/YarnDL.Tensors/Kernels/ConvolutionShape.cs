using System.Globalization;

namespace YarnDL.Tensors.Kernels;

/// <summary>
/// The extents of a two-dimensional convolution, without the number of rows. One dimension is height 1, kernel height 1.
/// Input (N, Channels, Height, Width), weights (OutputChannels, Channels / Groups, KernelHeight, KernelWidth), output (N, OutputChannels, OutputHeight, OutputWidth).
/// </summary>
public sealed record ConvolutionShape
{
    public required long Channels { get; init; }

    public required long Height { get; init; }

    public required long Width { get; init; }

    public required long OutputChannels { get; init; }

    public required long KernelHeight { get; init; }

    public required long KernelWidth { get; init; }

    public long StrideHeight { get; init; } = 1;

    public long StrideWidth { get; init; } = 1;

    public long PadTop { get; init; }

    public long PadLeft { get; init; }

    public long PadBottom { get; init; }

    public long PadRight { get; init; }

    public long DilationHeight { get; init; } = 1;

    public long DilationWidth { get; init; } = 1;

    public long Groups { get; init; } = 1;

    public long GroupChannels => Channels / Groups;

    public long GroupOutputs => OutputChannels / Groups;

    /// <summary>floor((Height + pads - dilation * (kernel - 1) - 1) / stride) + 1.</summary>
    public long OutputHeight => OutputExtent(Height, PadTop, PadBottom, KernelHeight, DilationHeight, StrideHeight);

    public long OutputWidth => OutputExtent(Width, PadLeft, PadRight, KernelWidth, DilationWidth, StrideWidth);

    /// <summary>Output pixels of one row and channel.</summary>
    public long Positions => OutputHeight * OutputWidth;

    /// <summary>Terms of one output: kernel height x kernel width x channels of a group.</summary>
    public long Terms => KernelHeight * KernelWidth * GroupChannels;

    /// <summary>Floats of one input row.</summary>
    public long InputElements => Channels * Height * Width;

    /// <summary>Floats of one output row.</summary>
    public long OutputElements => OutputChannels * Positions;

    /// <summary>Floats of the weights.</summary>
    public long WeightElements => OutputChannels * Terms;

    /// <summary>Refuses extents that cannot be.</summary>
    /// <exception cref="ArgumentException">An extent is out of range, the groups do not divide the channels, or the kernel is larger than the padded input.</exception>
    public void Check()
    {
        Positive(Channels, "channels");
        Positive(OutputChannels, "output channels");
        Positive(Groups, "groups");
        Positive(KernelHeight, "kernel height");
        Positive(KernelWidth, "kernel width");
        Positive(StrideHeight, "stride");
        Positive(StrideWidth, "stride");
        Positive(DilationHeight, "dilation");
        Positive(DilationWidth, "dilation");
        if (Height < 0 || Width < 0 || PadTop < 0 || PadLeft < 0 || PadBottom < 0 || PadRight < 0)
        {
            throw new ArgumentException($"[conv] {this} has a negative extent; heights, widths and pads are 0 or more");
        }

        if (Channels % Groups != 0 || OutputChannels % Groups != 0)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"[conv] {Channels} channels and {OutputChannels} output channels, {Groups} groups; the groups must divide both"));
        }

        if (OutputHeight < 1 || OutputWidth < 1)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"[conv] input {Height} x {Width} is smaller than the kernel {KernelHeight} x {KernelWidth}; pad the input or use a smaller kernel"));
        }

        _ = checked(InputElements * 4 + (OutputElements * 4) + (WeightElements * 4));
    }

    /// <summary>Input, weights, strides, pads, dilations and groups as given.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"input ({Channels}, {Height}, {Width}), {OutputChannels} outputs, kernel ({KernelHeight}, {KernelWidth}), strides ({StrideHeight}, {StrideWidth}), pads ({PadTop}, {PadLeft}, {PadBottom}, {PadRight}), dilations ({DilationHeight}, {DilationWidth}), groups {Groups}");

    private static void Positive(long value, string what)
    {
        if (value < 1)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"[conv] {what} is {value}; it must be at least 1"));
        }
    }

    private static long OutputExtent(long input, long before, long after, long kernel, long dilation, long stride)
    {
        long room = checked(input + before + after) - checked(dilation * (kernel - 1)) - 1;
        return room < 0 ? 0 : (room / stride) + 1;
    }
}
