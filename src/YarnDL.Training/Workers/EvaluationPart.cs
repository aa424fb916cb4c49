using YarnDL.Nn;
using YarnDL.Training.Steps;

namespace YarnDL.Training.Workers;

/// <summary>What one node measured in one step of an evaluation: float32 sums along the tree below it.</summary>
public sealed class EvaluationPart(long step, Subtree subtree, int losses, int metrics)
{
    public long Step => step;

    public Subtree Subtree => subtree;

    public int Rows { get; set; }

    public float[] Numerators { get; } = new float[losses];

    public float[] Denominators { get; } = new float[losses];

    public MetricValue[] Metrics { get; } = new MetricValue[metrics];

    /// <summary>All parts of an evaluation as one: along the shard tree within a step, then step after step. The parts are overwritten.</summary>
    public static Measures Fold(int shards, long steps, IReadOnlyList<EvaluationPart> parts, Phase phase)
    {
        var sum = new Measures(phase.Losses.Count, phase.Metrics.Count);
        ILookup<long, EvaluationPart> byStep = parts.ToLookup(p => p.Step);
        for (long s = 0; s < steps; s++)
        {
            EvaluationPart[] nodes = [.. byStep[s]];
            (int Into, int From)[] merges = ShardTree.Merges(shards, Array.ConvertAll(nodes, n => n.Subtree), Array.ConvertAll(nodes, n => n.Rows > 0), out int root);
            foreach ((int into, int from) in merges)
            {
                nodes[into].Add(nodes[from]);
            }

            if (root >= 0)
            {
                sum.Add(nodes[root].ToMeasures());
            }
        }

        return sum;
    }

    // In float32, as the program adds the shards of one node: else the cut into nodes would show.
    private void Add(EvaluationPart right)
    {
        Rows += right.Rows;
        for (int i = 0; i < Numerators.Length; i++)
        {
            Numerators[i] += right.Numerators[i];
            Denominators[i] += right.Denominators[i];
        }

        for (int i = 0; i < Metrics.Length; i++)
        {
            Metrics[i] = MetricValue.Merge(Metrics[i], right.Metrics[i]);
        }
    }

    private Measures ToMeasures()
    {
        var m = new Measures(Numerators.Length, Metrics.Length) { Rows = Rows };
        for (int i = 0; i < Numerators.Length; i++)
        {
            m.Numerators[i] = Numerators[i];
            m.Denominators[i] = Denominators[i];
        }

        Metrics.CopyTo(m.Metrics, 0);
        return m;
    }
}
