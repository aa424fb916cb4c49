using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>max, min, mean, sum, prod, l1, l2 or logsumexp over axes of a row, which go away unless kept; over all but the rows without axes.</summary>
/// <param name="kind">What is computed.</param>
/// <param name="axes">Never the row axis; negative ones count from the last.</param>
/// <param name="keep">The axes stay with extent 1.</param>
public sealed class Reduce(string kind, IReadOnlyList<long>? axes = null, bool keep = false) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        string op = kind switch
        {
            "max" => "ReduceMax",
            "min" => "ReduceMin",
            "mean" => "ReduceMean",
            "sum" => "ReduceSum",
            "prod" => "ReduceProd",
            "l1" => "ReduceL1",
            "l2" => "ReduceL2",
            "logsumexp" => "ReduceLogSumExp",
            _ => throw scope.Error($"kind is {kind}", "it is max, min, mean, sum, prod, l1, l2 or logsumexp"),
        };
        long[] over = [.. axes ?? [.. Enumerable.Range(1, x.Shape.Rank - 1).Select(i => (long)i)]];
        return scope.G.Add(op, x, scope.G.Constant(over), ("keepdims", keep));
    }
}
