using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// For a prediction (N, D + 2 L) of logits, means and log-variances and a target (N, ..) of D values 0 to 1: the sum of binary cross entropies plus
/// beta · -1/2 sum(1 + log-variance - mean² - e^log-variance), mean over the rows. Kingma and Welling 2013; beta: Higgins et al. 2017.
/// </summary>
public sealed class VariationalBound(double beta = 1) : TermLoss
{
    public override Spec Spec => new("vae", new() { ["beta"] = beta });

    public override LossTerms Each => LossTerms.Rows;

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 1);
        Value target = targets[0].Shape.Rank == 2 ? targets[0] : g.Add("Flatten", targets[0], ("axis", 1));
        long elements = target.Shape[1].Factor;
        long latent = (predictions[0].Shape[^1].Factor - elements) / 2;
        if (predictions[0].Shape.Rank != 2 || latent < 1 || predictions[0].Shape[1].Factor != elements + (2 * latent))
        {
            throw new GraphException($"[vae] the prediction has shape {predictions[0].Shape}, the target {target.Shape}; the prediction is (N, D + 2 latent), as the network vae gives it");
        }

        Term p = new(g, predictions[0]);
        Term t = new(g, target);
        Term logits = p.Slice(1, 0, elements);
        Term mean = p.Slice(1, elements, elements + latent);
        Term logVariance = p.Slice(1, elements + latent, elements + (2 * latent));
        Term reconstruction = (logits.Softplus() - (logits * t)).Sum(1);
        Term divergence = (mean.Squared() + logVariance.Exp() - logVariance - 1).Sum(1) * (0.5 * beta);
        return (reconstruction + divergence).Value;
    }
}
