using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// In training each element is 0 with probability <paramref name="ratio"/>, else divided by 1 - ratio; evaluation and scoring change nothing.
/// The mask is keyed by seed, epoch, row and element (docs/random.md).
/// </summary>
/// <param name="ratio">0 or more, below 1.</param>
/// <param name="channels">Whole channels of (N, C, ..) are left out instead of elements.</param>
public sealed class Dropout(double ratio = 0.5, bool channels = false) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        if (ratio is not (>= 0 and < 1))
        {
            throw scope.Error($"ratio is {ratio}", "it must be 0 or more and below 1");
        }

        return channels ? scope.G.Add("KeyedDropout", x, ("channels", 1), ("ratio", ratio))
            : scope.G.Add("Dropout", x, scope.G.Constant((float)ratio));
    }
}
