using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// A binary tree of long short-term memories over leaves (N, L, C) and trees int64 (N, nodes, 3): of each node its left child, its right child and its leaf, -1
/// where there is none; children come before parents. It gives the states of all nodes (N, nodes, H), or of the last node, the root, (N, H). Leaf: c = Wc x + bc,
/// h = sigmoid(Wo x + bo) tanh(c). Gates i, left f, right f, u, o. A tree with fewer nodes begins with nodes without anything. Tai et al. 2015.
/// </summary>
/// <param name="hidden">Width H.</param>
/// <param name="nodes">States of all nodes; else that of the root.</param>
public sealed class TreeLSTM(long hidden, bool nodes = false) : Module
{
    private readonly Linear _leafCell = new(null, hidden);
    private readonly Linear _leafGate = new(null, hidden);

    public override Value Forward(ModuleScope scope, Value x) => throw scope.Error("one input was given", "it takes leaves (N, leaves, features) and trees (N, nodes, 3)");

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        if (inputs.Count != 2 || inputs[0].Shape.Rank != 3 || inputs[1] is not { DType: DType.Int64, Shape.Rank: 3 } || inputs[1].Shape[2] != 3)
        {
            throw scope.Error($"inputs are {string.Join(", ", inputs.Select(v => $"{v.DType}{v.Shape}"))}", "it takes leaves float (N, leaves, features) and trees int64 (N, nodes, 3)");
        }

        GraphBuilder g = scope.G;
        Value leafC = scope.Call("leaf_cell", _leafCell, inputs[0]);
        Value leafH = g.Add("Mul", g.Add("Sigmoid", scope.Call("leaf_gate", _leafGate, inputs[0])), g.Add("Tanh", leafC));
        Value left = Turned(g, scope.Parameter("left", new Shape(5 * hidden, hidden), Initialiser.FanInUniform(hidden)));
        Value right = Turned(g, scope.Parameter("right", new Shape(5 * hidden, hidden), Initialiser.FanInUniform(hidden)));
        Value bias = scope.Parameter("bias", new Shape(5 * hidden), Initialiser.FanInUniform(hidden));

        // Entry 0 is no node, entry k + 1 is node k.
        Value h = Nothing(g, leafC);
        Value c = h;
        for (long t = 0; t < inputs[1].Shape[1].Factor; t++)
        {
            Value node = Cut(g, inputs[1], 1, t, t + 1);
            Value leaf = Cut(g, node, 2, 2, 3);
            Value isLeaf = g.Add("GreaterOrEqual", leaf, g.Constant([0L]));
            Value Child(long k) => g.Add("Where", [isLeaf, g.Constant([0L]), g.Add("Add", Cut(g, node, 2, k, k + 1), g.Constant([1L]))]);
            Value a = Child(0);
            Value b = Child(1);
            Value all = g.Add("Add", g.Add("Add", g.Add("MatMul", At(g, h, a), left), g.Add("MatMul", At(g, h, b), right)), bias);
            Value Gate(int k, string f) => g.Add(f, Cut(g, all, 2, k * hidden, (k + 1) * hidden));
            Value kept = g.Add("Add", g.Add("Mul", Gate(1, "Sigmoid"), At(g, c, a)), g.Add("Mul", Gate(2, "Sigmoid"), At(g, c, b)));
            Value newC = g.Add("Add", g.Add("Mul", Gate(0, "Sigmoid"), Gate(3, "Tanh")), kept);
            Value newH = g.Add("Mul", Gate(4, "Sigmoid"), g.Add("Tanh", newC));
            Value place = g.Add("Where", [isLeaf, leaf, g.Constant([0L])]);
            c = g.Add("Concat", [c, g.Add("Where", [isLeaf, At(g, leafC, place), newC])], new Attributes(("axis", 1)));
            h = g.Add("Concat", [h, g.Add("Where", [isLeaf, At(g, leafH, place), newH])], new Attributes(("axis", 1)));
        }

        long count = inputs[1].Shape[1].Factor;
        return nodes ? Cut(g, h, 1, 1, count + 1) : g.Add("Squeeze", Cut(g, h, 1, count, count + 1), g.Constant([1L]));
    }

    /// <summary>The entry of each row's table (N, k, H) that it names (N, 1, 1): (N, 1, H).</summary>
    private static Value At(GraphBuilder g, Value table, Value place) => g.Add("GatherND", table, place, ("batch_dims", 1));

    private static Value Nothing(GraphBuilder g, Value like) =>
        g.Add("Pick", Cut(g, like, 1, 0, 1), ("axis", 1), ("indices", new long[] { -1 }));

    private static Value Turned(GraphBuilder g, Value w) => g.Add("Transpose", w, ("perm", new long[] { 1, 0 }));

    private static Value Cut(GraphBuilder g, Value v, long axis, long from, long to) => g.Add("Slice", [v, g.Constant([from]), g.Constant([to]), g.Constant([axis])]);
}
