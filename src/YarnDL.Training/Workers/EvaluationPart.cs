using YarnDL.Training.Steps;

namespace YarnDL.Training.Workers;

/// <summary>What one node measured in one step of an evaluation.</summary>
public sealed record EvaluationPart(long Step, Subtree Subtree, Measures Measures)
{
    /// <summary>All parts of an evaluation as one: along the shard tree within a step, then step after step. The parts are overwritten.</summary>
    public static Measures Fold(int shards, long steps, IReadOnlyList<EvaluationPart> parts, Phase phase)
    {
        var sum = new Measures(phase.Losses.Count, phase.Metrics.Count);
        ILookup<long, EvaluationPart> byStep = parts.ToLookup(p => p.Step);
        for (long step = 0; step < steps; step++)
        {
            EvaluationPart[] nodes = [.. byStep[step]];
            (int Into, int From)[] merges = ShardTree.Merges(shards, Array.ConvertAll(nodes, n => n.Subtree), Array.ConvertAll(nodes, n => n.Measures.Rows > 0), out int root);
            foreach ((int into, int from) in merges)
            {
                nodes[into].Measures.Add(nodes[from].Measures);
            }

            if (root >= 0)
            {
                sum.Add(nodes[root].Measures);
            }
        }

        return sum;
    }
}
