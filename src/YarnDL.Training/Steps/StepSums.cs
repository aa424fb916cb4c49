using YarnDL.Nn;
using YarnDL.Tensors;

namespace YarnDL.Training.Steps;

/// <summary>The sums of a phase over all shards. The vectors belong to the engine and hold until its next call.</summary>
public sealed record StepSums(int Rows, int Shards, Tensor Gradient, IReadOnlyList<RowSums> Tables, Tensor Buffers, IReadOnlyList<float> Numerators, IReadOnlyList<MetricValue> Metrics, IReadOnlyList<float> NextDenominators)
{
    /// <summary>Folds nodes that cover all shards once into the root. The node vectors are overwritten.</summary>
    /// <exception cref="ArgumentException">The nodes do not cover the shards.</exception>
    public static StepSums Fold(ComputePool pool, int shards, IReadOnlyList<SubtreeSums> nodes)
    {
        var subtrees = new Subtree[nodes.Count];
        var holds = new bool[nodes.Count];
        for (int i = 0; i < nodes.Count; i++)
        {
            subtrees[i] = nodes[i].Subtree;
            holds[i] = nodes[i].Rows > 0;
        }

        (int Into, int From)[] merges = ShardTree.Merges(shards, subtrees, holds, out int root);
        if (root < 0)
        {
            throw new ArgumentException("[tree] no shard has rows; a step has at least one row");
        }

        ShardTree.Add(pool, merges, [.. nodes.Select(n => n.Gradient)]);
        ShardTree.Add(pool, merges, [.. nodes.Select(n => n.Buffers)]);
        foreach ((int into, int from) in merges)
        {
            nodes[into].Rows += nodes[from].Rows;
            nodes[into].Shards += nodes[from].Shards;
            Add(nodes[into].Numerators, nodes[from].Numerators);
            for (int t = 0; t < nodes[into].Tables.Length; t++)
            {
                nodes[into].Tables[t].Add(nodes[from].Tables[t]);
            }

            for (int m = 0; m < nodes[into].Metrics.Length; m++)
            {
                nodes[into].Metrics[m] = MetricValue.Merge(nodes[into].Metrics[m], nodes[from].Metrics[m]);
            }
        }

        SubtreeSums sum = nodes[root];
        return new StepSums(sum.Rows, sum.Shards, sum.Gradient, sum.Tables, sum.Buffers, sum.Numerators, sum.Metrics, FoldNext(shards, nodes));
    }

    /// <summary>Folds the denominators of the following step; empty when there is none.</summary>
    public static IReadOnlyList<float> FoldNext(int shards, IReadOnlyList<SubtreeSums> nodes)
    {
        var subtrees = new Subtree[nodes.Count];
        var holds = new bool[nodes.Count];
        for (int i = 0; i < nodes.Count; i++)
        {
            subtrees[i] = nodes[i].Subtree;
            holds[i] = nodes[i].NextRows > 0;
        }

        (int Into, int From)[] merges = ShardTree.Merges(shards, subtrees, holds, out int root);
        foreach ((int into, int from) in merges)
        {
            Add(nodes[into].NextDenominators, nodes[from].NextDenominators);
        }

        return root < 0 ? [] : [.. nodes[root].NextDenominators];
    }

    private static void Add(float[] into, float[] from)
    {
        for (int i = 0; i < into.Length; i++)
        {
            into[i] += from[i];
        }
    }
}
