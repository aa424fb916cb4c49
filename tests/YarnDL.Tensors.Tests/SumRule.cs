namespace YarnDL.Tensors.Tests;

/// <summary>
/// The order of sums, written down a second time, slowly and recursively from the words of the design: leaves of at most 4096 terms,
/// the complete binary tree over leaves and over segments, 16 lanes folded 8, 4, 2, 1. With faults that a test may plant.
/// </summary>
internal static class SumRule
{
    public enum Fault
    {
        None,
        LeftFold,
        TwoHalves, // what two threads with one partial sum each would do
        OneChain,
    }

    public delegate float Leaf(long start, long length);

    /// <summary>The leaves of every segment, in order.</summary>
    public static List<List<(long Start, long Length)>> Leaves(int[] borders, long positions)
    {
        var all = new List<List<(long, long)>>();
        for (int s = 0; s + 1 < borders.Length; s++)
        {
            var leaves = new List<(long, long)>();
            if (positions > 4096)
            {
                for (long row = borders[s]; row < borders[s + 1]; row++)
                {
                    for (long p = 0; p < positions; p += 4096)
                    {
                        leaves.Add(((row * positions) + p, Math.Min(4096, positions - p)));
                    }
                }
            }
            else if (positions > 0)
            {
                long most = 1;
                while ((most + 1) * positions <= 4096)
                {
                    most++;
                }

                for (long row = borders[s]; row < borders[s + 1]; row += most)
                {
                    leaves.Add((row * positions, Math.Min(most, borders[s + 1] - row) * positions));
                }
            }

            all.Add(leaves);
        }

        return all;
    }

    /// <summary>The sum of everything.</summary>
    public static float Sum(int[] borders, long positions, Leaf leaf, Fault fault = Fault.None)
    {
        List<List<(long Start, long Length)>> segments = Leaves(borders, positions);
        if (fault == Fault.OneChain)
        {
            return leaf(0, borders[^1] * positions);
        }

        var sums = new float?[segments.Count];
        for (int s = 0; s < sums.Length; s++)
        {
            float?[] parts = [.. segments[s].Select(l => (float?)leaf(l.Start, l.Length))];
            sums[s] = Tree(parts, fault);
        }

        return Tree(sums, fault) ?? 0;
    }

    /// <summary>A plain sum of terms.</summary>
    public static float Sum(long terms, Leaf leaf, Fault fault = Fault.None) => Sum([0, 1], terms, leaf, fault);

    /// <summary>16 lanes.</summary>
    public static float Lanes(long start, long length, Func<long, float> term)
    {
        var lanes = new float[16];
        for (long i = 0; i < length; i++)
        {
            lanes[i % 16] += term(start + i);
        }

        for (int half = 8; half > 0; half /= 2)
        {
            for (int j = 0; j < half; j++)
            {
                lanes[j] += lanes[j + half];
            }
        }

        return lanes[0];
    }

    /// <summary>One chain of fused multiply-adds.</summary>
    public static float Chain(long start, long length, Func<long, float> a, Func<long, float> b)
    {
        float sum = 0;
        for (long i = start; i < start + length; i++)
        {
            sum = MathF.FusedMultiplyAdd(a(i), b(i), sum);
        }

        return sum;
    }

    private static float? Tree(float?[] leaves, Fault fault)
    {
        switch (fault)
        {
            case Fault.LeftFold:
                return leaves.Aggregate((float?)null, Join);
            case Fault.TwoHalves when leaves.Length > 1:
                return Join(leaves[..(leaves.Length / 2)].Aggregate((float?)null, Join), leaves[(leaves.Length / 2)..].Aggregate((float?)null, Join));
            default:
                int size = 1;
                while (size < leaves.Length)
                {
                    size *= 2;
                }

                return Node(leaves, 0, size);
        }
    }

    private static float? Node(float?[] leaves, int first, int size) => size == 1
        ? first < leaves.Length ? leaves[first] : null
        : Join(Node(leaves, first, size / 2), Node(leaves, first + (size / 2), size / 2));

    private static float? Join(float? left, float? right) => left is null ? right : right is null ? left : left.Value + right.Value;
}
