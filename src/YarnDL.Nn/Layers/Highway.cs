using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>t h + (1 - t) x with t = sigmoid(<c>gate</c>(x)) and h = activation(<c>transform</c>(x)), both linear: (N, in) to (N, in). Srivastava et al. 2015.</summary>
/// <param name="activation">Name of an activation layer.</param>
public sealed class Highway(string activation = "tanh") : Module
{
    private readonly Module _activation = LayerRegistry.Activation(activation);

    public override Value Forward(ModuleScope scope, Value x)
    {
        GraphBuilder g = scope.G;
        Value t = g.Add("Sigmoid", scope.Call("gate", new Linear(null, x.Shape[1].Factor) { Weight = Initialiser.XavierUniform(), Bias = Initialiser.Constant(-1) }, x));
        Value h = scope.Call("act", _activation, scope.Call("transform", new Linear(null, x.Shape[1].Factor) { Weight = Initialiser.XavierUniform() }, x));
        return g.Add("Add", g.Add("Mul", t, h), g.Add("Mul", g.Add("Sub", g.Constant(1f), t), x));
    }
}
