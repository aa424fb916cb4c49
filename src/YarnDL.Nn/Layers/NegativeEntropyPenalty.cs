using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>Probabilities as they are; beta · sum of p ln p of a row, averaged over the rows, is added to the loss: it keeps them from becoming certain. Torch7.</summary>
public sealed class NegativeEntropyPenalty : Module
{
    /// <param name="beta">Weight of the penalty.</param>
    public NegativeEntropyPenalty(double beta = 0.01) => OutputPenalty = new Penalty(Entropy: beta);

    public override Value Forward(ModuleScope scope, Value x) => scope.G.Add("Identity", x);
}
