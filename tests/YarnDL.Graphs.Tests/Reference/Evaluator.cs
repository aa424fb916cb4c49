using YarnDL.Tensors;

namespace YarnDL.Graphs.Tests.Reference;

/// <summary>Evaluates a graph node by node in float64, by the formulas of the operators and nothing else.</summary>
internal static class Evaluator
{
    public static Array64[] Run(Graph graph, IReadOnlyDictionary<string, Array64> inputs, long rows)
    {
        var known = new Dictionary<Value, Array64>();
        foreach (Value v in graph.Inputs.Concat(graph.Parameters))
        {
            known[v] = inputs[v.Name];
        }

        foreach (Node n in graph.Nodes)
        {
            foreach (Value v in n.Inputs.OfType<Value>().Where(v => v.Kind == ValueKind.Constant))
            {
                known[v] = Constant(v.Constant!);
            }

            Array64?[] given = [.. n.Inputs.Select(v => v is null ? null : known[v])];
            long[][] shapes = [.. n.Outputs.Select(o => o!.Shape.At(rows).Dims.ToArray())];
            if (Extents.All.TryGetValue(n.Operator.Name, out Func<Node, long[]?[], long[][]>? extents))
            {
                Assert.Equal(extents(n, [.. given.Select((x, i) => x is null ? null : n.Inputs[i]!.Shape.At(rows).Dims.ToArray())]).Take(shapes.Length), shapes);
            }

            Array64[] results = Operators.All[n.Operator.Name](n, given, shapes);
            for (int i = 0; i < n.Outputs.Count; i++)
            {
                if (n.Outputs[i]!.Shape.BoundAxis < 0)
                {
                    Assert.Equal(shapes[i], results[i].Shape);
                    Assert.Equal(shapes[i].Aggregate(1L, (a, b) => a * b), results[i].Data.Length);
                }

                known[n.Outputs[i]!] = results[i];
            }
        }

        return [.. graph.Outputs.Select(o => o.Kind == ValueKind.Constant ? Constant(o.Constant!) : known[o])];
    }

    private static Array64 Constant(Tensor t)
    {
        var data = new double[t.Shape.ElementCount];
        for (int i = 0; i < data.Length; i++)
        {
            data[i] = t.DType switch
            {
                DType.Float32 => t.Span<float>()[i],
                DType.Int64 => t.Span<long>()[i],
                DType.Int32 => t.Span<int>()[i],
                _ => t.Span<byte>()[i],
            };
        }

        return new Array64(t.Shape.Dims.ToArray(), data);
    }
}
