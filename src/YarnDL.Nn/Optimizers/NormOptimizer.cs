namespace YarnDL.Nn;

/// <summary>
/// An optimizer that needs norms of each tensor. A step takes two passes over the blocks of <see cref="Block"/> elements of a tensor, counted from its first:
/// <see cref="Measure"/> gives sums of squares, <see cref="Total"/> adds them along the complete binary tree over the blocks, <see cref="Finish"/> updates the weights.
/// </summary>
public abstract class NormOptimizer : Optimizer
{
    /// <summary>Elements of a block: fixed, so that norms do not depend on threads or workers.</summary>
    public const int Block = 65_536;

    public sealed override OptimizerKind Kind => OptimizerKind.NeedsNorms;

    /// <summary>Sums of squares per block.</summary>
    public abstract int Norms { get; }

    /// <summary>The first pass over one block: may change the state, not the weights.</summary>
    /// <param name="weights">At most <see cref="Block"/> elements.</param>
    /// <param name="gradient">As many.</param>
    /// <param name="state">As many of each vector.</param>
    /// <param name="update">Step, rate, momentum.</param>
    /// <param name="squares"><see cref="Norms"/> sums, in double.</param>
    public abstract void Measure(ReadOnlySpan<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update, Span<double> squares);

    /// <summary>The second pass over one block, with the norms (roots of the totals) of its tensor.</summary>
    public abstract void Finish(Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update, ReadOnlySpan<double> norms);

    /// <summary>The norms of a tensor: roots of the sums over its blocks, added by the tree.</summary>
    /// <param name="squares">(blocks, <see cref="Norms"/>); overwritten.</param>
    /// <param name="norms"><see cref="Norms"/> results.</param>
    public void Total(Span<double> squares, Span<double> norms)
    {
        int blocks = squares.Length / Norms;
        for (int apart = 1; apart < blocks; apart *= 2)
        {
            for (int left = 0; left + apart < blocks; left += 2 * apart)
            {
                for (int k = 0; k < Norms; k++)
                {
                    squares[(left * Norms) + k] += squares[((left + apart) * Norms) + k];
                }
            }
        }

        for (int k = 0; k < Norms; k++)
        {
            norms[k] = blocks == 0 ? 0 : Math.Sqrt(squares[k]);
        }
    }

    /// <summary>Both passes over one whole tensor.</summary>
    public sealed override void Update(Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update)
    {
        int blocks = (weights.Length + Block - 1) / Block;
        var squares = new double[blocks * Norms];
        Span<double> norms = stackalloc double[Norms];
        var parts = new Memory<float>[state.Length];
        for (int b = 0; b < blocks; b++)
        {
            int size = Cut(state, parts, weights.Length, b);
            Measure(weights.Slice(b * Block, size), gradient.Slice(b * Block, size), parts, update, squares.AsSpan(b * Norms, Norms));
        }

        Total(squares, norms);
        for (int b = 0; b < blocks; b++)
        {
            int size = Cut(state, parts, weights.Length, b);
            Finish(weights.Slice(b * Block, size), gradient.Slice(b * Block, size), parts, update, norms);
        }
    }

    /// <summary>The sum of squares of a block: 16 lanes, folded 8, 4, 2, 1.</summary>
    private protected static double Squares(ReadOnlySpan<float> x)
    {
        Span<double> lanes = stackalloc double[16];
        lanes.Clear();
        for (int i = 0; i < x.Length; i++)
        {
            lanes[i & 15] = Math.FusedMultiplyAdd((double)x[i], x[i], lanes[i & 15]);
        }

        for (int half = 8; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                lanes[i] += lanes[i + half];
            }
        }

        return lanes[0];
    }

    private static int Cut(ReadOnlySpan<Memory<float>> state, Memory<float>[] parts, int length, int block)
    {
        int size = Math.Min(Block, length - (block * Block));
        for (int s = 0; s < parts.Length; s++)
        {
            parts[s] = state[s].Slice(block * Block, size);
        }

        return size;
    }
}
