namespace YarnDL.Nn;

/// <summary>The mean over the relevant items (relevance above the limit) of the part of relevant items up to their rank; 0 without one.</summary>
public sealed class MeanAveragePrecision(double above = 0) : RankingMetric("map")
{
    public override Spec Spec => new("map", new() { ["above"] = above });

    private protected override double Of(ReadOnlySpan<double> relevance)
    {
        double sum = 0;
        int found = 0;
        for (int i = 0; i < relevance.Length; i++)
        {
            if (relevance[i] > above)
            {
                found++;
                sum += (double)found / (i + 1);
            }
        }

        return found == 0 ? 0 : sum / found;
    }
}
