using System.Globalization;

namespace YarnDL.Nn;

/// <summary>The part of the lists with a relevant item among the first k.</summary>
public sealed class HitRatio(int k = 10) : RankingMetric("hitRatio")
{
    private readonly int _k = k >= 1 ? k : throw new SpecException($"[hitRatio] k is {k}; it must be at least 1", "k");

    public override Spec Spec => new("hitRatio", new() { ["k"] = _k });

    public override string Name => "hitRatio" + _k.ToString(CultureInfo.InvariantCulture);

    private protected override double Of(ReadOnlySpan<double> relevance)
    {
        for (int i = 0; i < relevance.Length && i < _k; i++)
        {
            if (relevance[i] > 0)
            {
                return 1;
            }
        }

        return 0;
    }
}
