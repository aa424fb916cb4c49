using System.Globalization;
using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>Every branch on the same input, their results joined as <see cref="Merge"/> does; Torch7's Concat and ConcatTable. Branches are named by their names or places.</summary>
/// <param name="merge">concat, sum, mul, max, min, ave, sub, div, dot or cos.</param>
/// <param name="axis">Of concat.</param>
/// <param name="branches">One or more.</param>
public sealed class Branches(string merge, int axis, params IReadOnlyList<Module> branches) : Module
{
    private readonly Module _merge = new Merge(merge, axis);

    /// <summary>The results of every branch side by side along axis 1.</summary>
    public Branches(params IReadOnlyList<Module> branches) : this("concat", 1, branches)
    {
    }

    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        var results = new Value[branches.Count];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = scope.Call(branches[i].Name ?? i.ToString(CultureInfo.InvariantCulture), branches[i], inputs);
        }

        return scope.Call("merge", _merge, results);
    }
}
