using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>One place of an axis, which goes away.</summary>
/// <param name="axis">Never the row axis.</param>
/// <param name="index">Negative places count from the last.</param>
public sealed class Select(int axis, long index) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        (int at, long extent) = Axis.Of(scope, x, axis);
        return scope.G.Add("Gather", x, scope.G.Constant(Tensor.Scalar(Axis.Place(scope, index, axis, extent))), ("axis", at));
    }
}
