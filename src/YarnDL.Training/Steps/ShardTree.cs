using System.Numerics;
using System.Runtime.Intrinsics;
using YarnDL.Tensors;

namespace YarnDL.Training.Steps;

/// <summary>
/// The one complete binary tree over the shard index along which gradients, losses, counts, metric values and buffers are added, empty
/// shards skipped. Who computed a node does not matter: that is why any number of workers gives the same bits.
/// </summary>
public static class ShardTree
{
    /// <summary>Elements of a vector that one piece of work adds up.</summary>
    private const int Block = 64 * 1024;

    /// <summary>The aligned nodes that make up a range, from left to right; one for all shards, at most 2 log2(count).</summary>
    public static Subtree[] Cut(ShardRange range)
    {
        var nodes = new List<Subtree>();
        int at = range.First, end = range.First + range.Count;
        while (at < end)
        {
            int size = at == 0 ? int.MaxValue / 2 + 1 : at & -at;
            while (size > end - at)
            {
                size >>= 1;
            }

            nodes.Add(new Subtree(at, size));
            at += size;
        }

        return [.. nodes];
    }

    /// <summary>Shards dealt to workers: consecutive ranges whose sizes differ by at most one; no more workers than shards.</summary>
    public static ShardRange[] Deal(int shards, int workers)
    {
        int n = Math.Clamp(workers, 1, shards);
        var ranges = new ShardRange[n];
        for (int w = 0; w < n; w++)
        {
            int first = (int)((long)shards * w / n);
            ranges[w] = new ShardRange(first, (int)((long)shards * (w + 1) / n) - first);
        }

        return ranges;
    }

    /// <summary>
    /// The additions that fold nodes into the root, in order: value[Into] = value[Into] + value[From]. Nodes without rows take no part.
    /// </summary>
    /// <param name="shards">Shards in all, a power of two.</param>
    /// <param name="nodes">Nodes that cover the shards once.</param>
    /// <param name="holdsRows">Which of them have rows.</param>
    /// <param name="root">The node that holds the sum in the end; -1 when none has rows.</param>
    public static (int Into, int From)[] Merges(int shards, ReadOnlySpan<Subtree> nodes, ReadOnlySpan<bool> holdsRows, out int root)
    {
        int covered = 0;
        foreach (Subtree n in nodes)
        {
            covered += n.Size;
        }

        if (!BitOperations.IsPow2(shards) || covered != shards)
        {
            throw new ArgumentException($"[tree] nodes cover {covered} of {shards} shards; they must cover each once, and their number must be a power of two");
        }

        var merges = new List<(int, int)>();
        root = Fold(new Subtree(0, shards), nodes, holdsRows, merges);
        return [.. merges];
    }

    /// <summary>Adds vectors along the tree, element by element, on all threads: vectors[Into] += vectors[From].</summary>
    public static void Add(ComputePool pool, ReadOnlySpan<(int Into, int From)> merges, IReadOnlyList<Tensor> vectors)
    {
        if (merges.Length == 0)
        {
            return;
        }

        var job = new AddJob { Merges = merges.ToArray(), Vectors = [.. vectors], Count = vectors[0].Shape.ElementCount };
        pool.Run(ref job, (job.Count + Block - 1) / Block);
    }

    private static int Fold(Subtree node, ReadOnlySpan<Subtree> nodes, ReadOnlySpan<bool> holdsRows, List<(int, int)> merges)
    {
        int given = nodes.IndexOf(node);
        if (given >= 0)
        {
            return holdsRows[given] ? given : -1;
        }

        if (node.Size == 1)
        {
            throw new ArgumentException($"[tree] shard {node.First} lies in no node, or in one that is not aligned");
        }

        int half = node.Size / 2;
        int left = Fold(new Subtree(node.First, half), nodes, holdsRows, merges);
        int right = Fold(new Subtree(node.First + half, half), nodes, holdsRows, merges);
        if (left >= 0 && right >= 0)
        {
            merges.Add((left, right));
        }

        return left >= 0 ? left : right;
    }

    private struct AddJob : IParallelJob
    {
        public (int Into, int From)[] Merges;
        public Tensor[] Vectors;
        public long Count;

        public readonly unsafe void Execute(long item, int thread)
        {
            long start = item * Block;
            int length = (int)Math.Min(Block, Count - start);
            foreach ((int into, int from) in Merges)
            {
                float* a = Vectors[into].View.F32 + start;
                float* b = Vectors[from].View.F32 + start;
                int i = 0;
                for (; i <= length - Vector256<float>.Count; i += Vector256<float>.Count)
                {
                    (Vector256.Load(a + i) + Vector256.Load(b + i)).Store(a + i);
                }

                for (; i < length; i++)
                {
                    a[i] += b[i];
                }
            }
        }
    }
}
