using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>x above 0, else <c>weight</c> times x: one learned slope (1), or one per channel (C) of (N, C, ..); 0.25 at first. He et al. 2015.</summary>
/// <param name="perChannel">A slope for each channel.</param>
public sealed class PReLU(bool perChannel = false) : Module
{
    public Initialiser Weight { get; init; } = Initialiser.Constant(0.25f);

    public override Value Forward(ModuleScope scope, Value x)
    {
        long slopes = perChannel ? x.Shape[1].Factor : 1;
        Value weight = scope.Parameter("weight", new Shape(slopes), Weight);
        return scope.G.Add("PRelu", x, perChannel ? Channels.Shaped(scope.G, weight, x) : weight);
    }
}
