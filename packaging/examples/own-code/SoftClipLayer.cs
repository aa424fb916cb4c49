using YarnDL.Graphs;
using YarnDL.Nn;

namespace OwnCode;

/// <summary>The operator as a layer.</summary>
internal sealed class SoftClipLayer(double limit) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => scope.G.Add("own.SoftClip", [x], new Attributes(("limit", limit)));
}
