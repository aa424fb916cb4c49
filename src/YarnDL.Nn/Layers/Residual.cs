using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>inner(x) + shortcut(x), then perhaps an activation; without a shortcut x itself. Inner is named <c>inner</c>, the shortcut <c>shortcut</c>. He et al. 2015.</summary>
/// <param name="inner">What is added to x.</param>
/// <param name="shortcut">What makes x fit; null: nothing.</param>
/// <param name="activation">Name of an activation layer; null: none.</param>
public sealed class Residual(Module inner, Module? shortcut = null, string? activation = null) : Module
{
    private readonly Module? _activation = activation is null ? null : LayerRegistry.Activation(activation);

    public override Value Forward(ModuleScope scope, Value x)
    {
        Value y = scope.G.Add("Add", scope.Call("inner", inner, x), shortcut is null ? x : scope.Call("shortcut", shortcut, x));
        return _activation is null ? y : scope.Call("act", _activation, y);
    }
}
