using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace YarnDL.Tensors.Kernels;

/// <summary>
/// The input gradient of a convolution with strides falls into stride height x stride width classes of input pixels that meet the same taps; each class is an
/// ordinary convolution without strides. The terms it leaves out are a weight times 0: they change a chain only where a weight is not finite, or where the
/// chain is -0 (a product too small for a float), which +0 makes +0. Such results are left to the general form, so all bits are those of the rule.
/// </summary>
internal readonly unsafe struct StrideClass(ConvolutionShape s, long top, long left)
{
    public StrideLine Height { get; } = new(top, s.Height, s.KernelHeight, s.PadTop, s.StrideHeight, s.DilationHeight);

    public StrideLine Width { get; } = new(left, s.Width, s.KernelWidth, s.PadLeft, s.StrideWidth, s.DilationWidth);

    /// <summary>Pixels of one row and channel.</summary>
    public long Positions => Height.Outputs * Width.Outputs;

    /// <summary>Kernel places.</summary>
    public long Taps => Height.Count * Width.Count;

    /// <summary>Whether classes can be used: there are strides, and a result is one chain.</summary>
    public static bool Suits(ConvolutionShape s) => (s.StrideHeight > 1 || s.StrideWidth > 1) && s.KernelHeight * s.KernelWidth * s.GroupOutputs <= SumTree.LeafTerms;

    /// <summary>Whether some input pixels meet no tap: a kernel shorter than the stride, or a dilation that shares a factor with it.</summary>
    public static bool LeavesGaps(ConvolutionShape s)
    {
        bool gaps = false;
        for (long top = 0; top < s.StrideHeight; top++)
        {
            for (long left = 0; left < s.StrideWidth; left++)
            {
                var place = new StrideClass(s, top, left);
                gaps |= place.Taps == 0 && place.Positions > 0;
            }
        }

        return gaps;
    }

    /// <summary>Reads the output's gradient for the pixels of this class.</summary>
    public PixelGather Gather(ConvolutionShape s, float* dy, long group) => new()
    {
        Source = dy + (group * s.GroupOutputs * s.Positions),
        RowStride = s.OutputElements,
        PlaneStride = s.Positions,
        Height = checked((int)s.OutputHeight),
        Width = checked((int)s.OutputWidth),
        OutputWidth = checked((int)Width.Outputs),
        Positions = Positions,
        Channels = checked((int)s.GroupOutputs),
        KernelWidth = checked((int)Width.Count),
        ScaleHeight = 1,
        ScaleWidth = 1,
        StepHeight = checked((int)Height.Step),
        StepWidth = checked((int)Width.Step),
        OffsetHeight = checked((int)Height.Offset),
        OffsetWidth = checked((int)Width.Offset),
        DivisorHeight = 1,
        DivisorWidth = 1,
    };

    /// <summary>Copies the weights that this class meets: (kernel place, output, channel) from all kernel places.</summary>
    /// <param name="block">Outputs x channels.</param>
    public void Weights(float* all, long kernelWidth, long block, float* target)
    {
        for (long h = 0; h < Height.Count; h++)
        {
            for (long w = 0; w < Width.Count; w++)
            {
                long tap = ((Height.First + (h * Height.Every)) * kernelWidth) + Width.First + (w * Width.Every);
                Buffer.MemoryCopy(all + (tap * block), target, block * sizeof(float), block * sizeof(float));
                target += block;
            }
        }
    }

    /// <summary>Whether no value is infinite or not a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool AllFinite(float* values, long count)
    {
        Vector256<int> exponent = Vector256.Create(0x7F800000);
        long i = 0;
        for (; i + 8 <= count; i += 8)
        {
            if (Vector256.EqualsAny(Vector256.Load(values + i).AsInt32() & exponent, exponent))
            {
                return false;
            }
        }

        for (; i < count; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                return false;
            }
        }

        return true;
    }
}
