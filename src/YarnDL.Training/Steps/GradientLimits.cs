using YarnDL.Nn;

namespace YarnDL.Training.Steps;

/// <summary>Limits of a phase's gradient before the update: first every element to a range, then the whole to a norm.</summary>
/// <param name="ClipNorm">The largest global L2 norm that stays; 0: no limit.</param>
/// <param name="ClipValue">The largest absolute value that stays; 0: no limit.</param>
internal sealed record GradientLimits(double ClipNorm, double ClipValue)
{
    /// <summary>Limits the gradient in place.</summary>
    /// <returns>Its norm before it was scaled, or NaN when it is not limited.</returns>
    public double Apply(PhaseGradient gradient)
    {
        if (ClipValue > 0)
        {
            Each(gradient, g => GradientClip.ToRange(g, (float)-ClipValue, (float)ClipValue));
        }

        if (ClipNorm <= 0)
        {
            return double.NaN;
        }

        double norm = Norm(gradient);
        Each(gradient, g => GradientClip.ToNorm(g, norm, ClipNorm));
        return norm;
    }

    /// <summary>The L2 norm of all that has a gradient.</summary>
    public static double Norm(PhaseGradient gradient)
    {
        if (gradient.Tables.Length == 0)
        {
            return GradientClip.Norm(gradient.Dense.Span<float>());
        }

        double sum = 0;
        Each(gradient, g =>
        {
            double norm = GradientClip.Norm(g);
            sum += norm * norm;
        });
        return Math.Sqrt(sum);
    }

    private static void Each(PhaseGradient gradient, Limit limit)
    {
        limit(gradient.Dense.Span<float>());
        foreach (RowSums t in gradient.Tables)
        {
            limit(t.Values.Span<float>());
        }
    }

    private delegate void Limit(Span<float> values);
}
