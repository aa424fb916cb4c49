using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>Places offset .. offset + length - 1 of an axis.</summary>
/// <param name="axis">Never the row axis.</param>
/// <param name="offset">The first place.</param>
/// <param name="length">How many.</param>
public sealed class Narrow(int axis, long offset, long length) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        (int at, long extent) = Axis.Of(scope, x, axis);
        long first = offset < 0 ? offset + extent : offset;
        if (first < 0 || length < 1 || length > extent - first)
        {
            throw scope.Error($"{length} places from {offset} of axis {axis}, which has {extent}", "offset and length must lie within the axis, with at least one place");
        }

        return scope.G.Add("Slice", [x, scope.G.Constant([first]), scope.G.Constant([first + length]), scope.G.Constant([(long)at])]);
    }
}
