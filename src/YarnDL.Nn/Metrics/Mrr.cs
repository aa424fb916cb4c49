namespace YarnDL.Nn;

/// <summary>Mean reciprocal rank: 1 / (rank + 1) of the first relevant item, rank from 0; 0 without one.</summary>
public sealed class Mrr() : RankingMetric("mrr")
{
    public override Spec Spec => new("mrr");

    private protected override double Of(ReadOnlySpan<double> relevance)
    {
        for (int i = 0; i < relevance.Length; i++)
        {
            if (relevance[i] > 0)
            {
                return 1.0 / (i + 1);
            }
        }

        return 0;
    }
}
