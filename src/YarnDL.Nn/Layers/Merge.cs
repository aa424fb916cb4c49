using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>Two or more inputs joined: sum, mul, max, min, ave, sub or div element by element; concat along an axis; dot or cos over the last axis, (N, ..) to (N, .., 1). Keras.</summary>
/// <param name="mode">How.</param>
/// <param name="axis">Of concat; never the row axis.</param>
public sealed class Merge(string mode = "sum", int axis = 1) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        if (inputs.Count < 2 && mode != "concat")
        {
            throw scope.Error($"{inputs.Count} inputs were given", "it joins two or more");
        }

        GraphBuilder g = scope.G;
        switch (mode)
        {
            case "concat":
                return inputs.Count == 1 ? inputs[0] : g.Add("Concat", [.. inputs], new Attributes(("axis", axis < 0 ? axis + inputs[0].Shape.Rank : axis)));
            case "dot":
                return g.Add("Unsqueeze", Distances.Dot(g, inputs[0], inputs[1], -1), g.Constant([-1L]));
            case "cos":
                return g.Add("Unsqueeze", Distances.Cosine(g, inputs[0], inputs[1], -1, 1e-8), g.Constant([-1L]));
            case "ave":
                return g.Add("Mean", [.. inputs]);
        }

        string op = mode switch
        {
            "sum" => "Add",
            "mul" => "Mul",
            "max" => "Max",
            "min" => "Min",
            "sub" => "Sub",
            "div" => "Div",
            _ => throw scope.Error($"mode is {mode}", "it is sum, mul, max, min, ave, sub, div, concat, dot or cos"),
        };
        Value all = inputs[0];
        for (int i = 1; i < inputs.Count; i++)
        {
            all = g.Add(op, all, inputs[i]);
        }

        return all;
    }
}
