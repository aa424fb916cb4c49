using YarnDL.Graphs;
using YarnDL.Nn;

namespace OwnCode;

/// <summary>A network: its fields name its parameters, <c>fc.weight</c> and <c>fc.bias</c>.</summary>
internal sealed class Line(double limit) : Module
{
    private readonly Module clip = new SoftClipLayer(limit);
    private readonly Module fc = new Linear(null, 1);

    public override Value Forward(ModuleScope scope, Value x) => scope.Call(fc, scope.Call(clip, x));
}
