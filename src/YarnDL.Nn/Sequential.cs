using System.Globalization;
using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>Modules in a row; each is named by its <see cref="Module.Name"/> or its position: <c>0.weight</c>, <c>2.bias</c>.</summary>
public sealed class Sequential(params IReadOnlyList<Module> modules) : Module
{
    /// <summary>The modules in order.</summary>
    public IReadOnlyList<Module> Modules => modules;

    public override Value Forward(ModuleScope scope, Value x)
    {
        for (int i = 0; i < modules.Count; i++)
        {
            if (modules[i] is null)
            {
                throw scope.Error($"module {i} is null", "give a module");
            }

            x = scope.Call(modules[i].Name ?? i.ToString(CultureInfo.InvariantCulture), modules[i], x);
        }

        return x;
    }
}
