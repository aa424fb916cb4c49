using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>How many inputs feed an output, and how many outputs an input feeds, for weights (out, in, taps...).</summary>
internal static class Fans
{
    public static double In(Shape weight) => weight.Rank < 2 ? throw Flat(weight) : Math.Max(1, weight.CountFrom(1));

    public static double Out(Shape weight) => weight.Rank < 2 ? throw Flat(weight) : Math.Max(1, weight[0] * weight.CountFrom(2));

    private static SpecException Flat(Shape weight) =>
        new($"[initialiser] a tensor of shape {weight} has no fan; use constant, uniform or normal for it");
}
