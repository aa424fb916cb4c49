using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>Two axes in each other's place; neither is the row axis. PyTorch's transpose.</summary>
/// <param name="first">An axis; negative ones count from the last.</param>
/// <param name="second">The other.</param>
public sealed class SwapAxes(int first, int second) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        var perm = new long[x.Shape.Rank];
        for (int i = 0; i < perm.Length; i++)
        {
            perm[i] = i;
        }

        (int a, int b) = (first < 0 ? first + perm.Length : first, second < 0 ? second + perm.Length : second);
        (perm[a], perm[b]) = (b, a);
        return scope.G.Add("Transpose", x, ("perm", perm));
    }
}
