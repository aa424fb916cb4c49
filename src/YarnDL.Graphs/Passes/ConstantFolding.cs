using YarnDL.Graphs.Programs;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Passes;

/// <summary>Computes once what depends on constants only: nodes with constant inputs, and shape arithmetic with known results.</summary>
public static unsafe class ConstantFolding
{
    /// <summary>Larger results are left to the run: a graph should not grow by folding.</summary>
    public const long MostBytes = 16 << 20;

    public static Graph Apply(Graph graph)
    {
        var rewriter = new GraphRewriter(graph);
        bool changed = false;
        foreach (Node n in graph.Nodes)
        {
            if (Known(n) is { } known)
            {
                rewriter.Replace(n.Outputs[0]!, known);
            }
            else if (Foldable(n, rewriter))
            {
                Fold(n, rewriter);
            }
            else
            {
                rewriter.Keep(n);
                continue;
            }

            changed = true;
        }

        return changed ? rewriter.Build() : graph;
    }

    private static Value? Known(Node n)
    {
        if (n.Outputs is not [{ KnownValue: { } dims } value] || value.DType != DType.Int64 || dims.Any(d => !d.IsFixed) || !value.Shape.IsFixed)
        {
            return null;
        }

        return Constant(value, Tensor.From<long>(value.Shape.At(1), dims.Select(d => d.Factor).ToArray()));
    }

    private static bool Foldable(Node n, GraphRewriter rewriter) => !n.Operator.UsesRandomness
        && n.Inputs.Count > 0
        && n.Inputs.All(v => v is null || rewriter.Now(v).Kind == ValueKind.Constant)
        && n.Outputs.All(o => o is null || (o.Shape.IsFixed && o.Shape.At(1).ElementCount * o.DType.Size() <= MostBytes));

    private static void Fold(Node n, GraphRewriter rewriter)
    {
        var inner = new GraphRewriter(new Graph(n.Name, [], [.. n.Outputs.OfType<Value>()], [], [], [n]));
        foreach (Value v in n.Inputs.OfType<Value>())
        {
            inner.Replace(v, rewriter.Now(v));
        }

        inner.Keep(n);
        using var pool = new ComputePool(1);
        using var program = new Program(inner.Build(), pool, new ProgramOptions { Optimize = false });
        int* borders = stackalloc int[2] { 0, 1 };
        program.Run(null, null, new RowSegments(borders, 1));
        int i = 0;
        foreach (Value o in n.Outputs.OfType<Value>())
        {
            TensorView got = program.Output(i++);
            var tensor = new Tensor(o.DType, got.Shape);
            long bytes = got.Count * o.DType.Size();
            Buffer.MemoryCopy(got.Data, tensor.View.Data, bytes, bytes);
            rewriter.Replace(o, Constant(o, tensor));
        }
    }

    private static Value Constant(Value old, Tensor tensor) =>
        new(old.Name, old.DType, SymbolicShape.Of(tensor.Shape), ValueKind.Constant) { Constant = tensor };
}
