namespace YarnDL.Nn;

/// <summary>Limits gradients before the update: to a range, or to a norm of the whole gradient vector.</summary>
public static class GradientClip
{
    private const int Block = 65_536;

    /// <summary>Every element into low..high; NaN stays.</summary>
    public static void ToRange(Span<float> gradient, float low, float high)
    {
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] = gradient[i] < low ? low : gradient[i] > high ? high : gradient[i];
        }
    }

    /// <summary>The L2 norm of the whole vector: sums of squares in double over blocks of 65,536 elements, joined by the complete binary tree.</summary>
    public static double Norm(ReadOnlySpan<float> gradient) => Math.Sqrt(Squares(gradient, 0, (gradient.Length + Block - 1) / Block));

    /// <summary>Elements times limit / (norm + epsilon) where that is less than 1.</summary>
    /// <param name="gradient">Any slice of the vector.</param>
    /// <param name="norm">Of the whole vector.</param>
    /// <param name="limit">The largest norm that stays.</param>
    /// <param name="epsilon">PyTorch adds 1e-6 to the norm.</param>
    public static void ToNorm(Span<float> gradient, double norm, double limit, double epsilon = 1e-6)
    {
        double factor = limit / (norm + epsilon);
        if (factor < 1)
        {
            float f = (float)factor;
            for (int i = 0; i < gradient.Length; i++)
            {
                gradient[i] *= f;
            }
        }
    }

    /// <summary>Blocks first .. first+count-1: the left subtree is the largest power of two that leaves something to the right.</summary>
    private static double Squares(ReadOnlySpan<float> gradient, int first, int count)
    {
        if (count > 1)
        {
            int left = 1 << (31 - System.Numerics.BitOperations.LeadingZeroCount((uint)(count - 1)));
            return Squares(gradient, first, left) + Squares(gradient, first + left, count - left);
        }

        double sum = 0;
        foreach (float g in count == 0 ? default : gradient.Slice(first * Block, Math.Min(Block, gradient.Length - (first * Block))))
        {
            sum += (double)g * g;
        }

        return sum;
    }
}
