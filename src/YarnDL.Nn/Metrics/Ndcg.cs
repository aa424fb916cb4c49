using System.Globalization;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>Normalised discounted cumulative gain over the first k: sum of gain / log2(rank + 2) over the same sum in the best order; gain = relevance, or 2^relevance - 1. 0 without relevant items.</summary>
public sealed class Ndcg(int k = 10, bool exponential = false) : RankingMetric("ndcg")
{
    private readonly int _k = k >= 1 ? k : throw new SpecException($"[ndcg] k is {k}; it must be at least 1", "k");

    public override Spec Spec => new("ndcg", new() { ["k"] = _k, ["exponential"] = exponential });

    public override string Name => "ndcg" + _k.ToString(CultureInfo.InvariantCulture);

    private protected override double Of(ReadOnlySpan<double> relevance)
    {
        double[] best = relevance.ToArray();
        Array.Sort(best);
        Array.Reverse(best);
        double ideal = Gain(best);
        return ideal == 0 ? 0 : Gain(relevance) / ideal;
    }

    private double Gain(ReadOnlySpan<double> relevance)
    {
        double sum = 0;
        for (int i = 0; i < relevance.Length && i < _k; i++)
        {
            sum += (exponential ? Maths.Pow(2, relevance[i]) - 1 : relevance[i]) * Maths.Log(2.0) / Maths.Log(i + 2.0);
        }

        return sum;
    }
}
