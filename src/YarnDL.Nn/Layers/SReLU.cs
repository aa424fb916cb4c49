using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>Straight lines in three parts, learned for each element of a row: t_right + a_right (x - t_right) from t_right on, t_left + a_left (x - t_left) up to t_left, x between. Jin et al. 2015; Keras.</summary>
public sealed class SReLU() : Module
{
    public Initialiser Slopes { get; init; } = Initialiser.Constant(0.2f);

    public override Value Forward(ModuleScope scope, Value x)
    {
        GraphBuilder g = scope.G;
        var shape = new Shape([.. x.Shape.Dims[1..].ToArray().Select(d => d.Factor)]);
        Value tLeft = scope.Parameter("t_left", shape, Initialiser.Zeros);
        Value aLeft = scope.Parameter("a_left", shape, Slopes);
        Value tRight = scope.Parameter("t_right", shape, Initialiser.Ones);
        Value aRight = scope.Parameter("a_right", shape, Slopes);
        Value Line(Value t, Value a) => g.Add("Add", t, g.Add("Mul", a, g.Add("Sub", x, t)));
        Value low = g.Add("Where", [g.Add("LessOrEqual", x, tLeft), Line(tLeft, aLeft), x]);
        return g.Add("Where", [g.Add("GreaterOrEqual", x, tRight), Line(tRight, aRight), low]);
    }
}
