using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>x itself; l1 · sum of |x| + l2 · sum of squares of a row, averaged over the rows, is added to the loss. Keras; Torch7's L1Penalty.</summary>
public sealed class ActivityRegularization : Module
{
    /// <param name="l1">Weight of the absolute values.</param>
    /// <param name="l2">Weight of the squares.</param>
    public ActivityRegularization(double l1 = 0, double l2 = 0) => OutputPenalty = new Penalty(l1, 2 * l2);

    public override Value Forward(ModuleScope scope, Value x) => scope.G.Add("Identity", x);
}
