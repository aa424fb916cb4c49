using System.Globalization;
using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>Branch i on input i, their results joined as <see cref="Merge"/> does; Torch7's ParallelTable. One module given once is shared by all inputs, as MapTable.</summary>
/// <param name="merge">concat, sum, mul, max, min, ave, sub, div, dot or cos.</param>
/// <param name="axis">Of concat.</param>
/// <param name="branches">One per input, or one for all.</param>
public sealed class Parallel(string merge, int axis, params IReadOnlyList<Module> branches) : Module
{
    private readonly Module _merge = new Merge(merge, axis);

    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        if (branches.Count != 1 && branches.Count != inputs.Count)
        {
            throw scope.Error($"{inputs.Count} inputs for {branches.Count} branches", "there is one branch for each input, or one for all");
        }

        var results = new Value[inputs.Count];
        for (int i = 0; i < results.Length; i++)
        {
            int b = branches.Count == 1 ? 0 : i;
            results[i] = scope.Call(branches[b].Name ?? b.ToString(CultureInfo.InvariantCulture), branches[b], inputs[i]);
        }

        return scope.Call("merge", _merge, results);
    }
}
