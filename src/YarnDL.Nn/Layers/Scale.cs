using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>x times <c>weight</c> plus <c>bias</c>, each with one number per place of an axis; 1 and 0 at first. Caffe.</summary>
/// <param name="axis">Never the row axis.</param>
public sealed class Scale(int axis = 1) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        GraphBuilder g = scope.G;
        int at = axis < 0 ? axis + x.Shape.Rank : axis;
        var shape = new Shape(x.Shape[at].Factor);
        Value Shaped(Value v) => at == x.Shape.Rank - 1 ? v : g.Add("Reshape", v, g.Constant([-1L, .. Enumerable.Repeat(1L, x.Shape.Rank - 1 - at)]));
        Value y = g.Add("Mul", x, Shaped(scope.Parameter("weight", shape, Initialiser.Ones)));
        return g.Add("Add", y, Shaped(scope.Parameter("bias", shape, Initialiser.Zeros)));
    }
}
