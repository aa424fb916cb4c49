using YarnDL.Graphs;
using YarnDL.Graphs.Gradients;
using YarnDL.Graphs.Passes;
using YarnDL.Graphs.Programs;
using YarnDL.Tensors;

namespace YarnDL.Nn.Tests;

/// <summary>Runs a model on numbers made up from its inputs, forward or with the gradient of the sum of squares of its output.</summary>
internal static class Trial
{
    /// <summary>The first output for that many rows.</summary>
    public static float[] Forward(Model m, int rows, uint seed = 1) => Run(m.Graph, m, rows, seed)[0];

    /// <summary>The gradient of every parameter.</summary>
    public static Dictionary<string, float[]> Gradients(Model m, int rows, uint seed = 1)
    {
        (Graph form, _) = TrainingForm.Apply(m.Graph);
        GraphBuilder g = GraphBuilder.From(form);
        Value y = form.Outputs[0];
        Value loss = g.Add("ReduceSum", g.Add("Mul", y, y), ("keepdims", 0));
        Value?[] gradients = GradientBuilder.Append(g, loss, g.Constant(1f), m.Graph.Parameters);
        Value[] there = [.. gradients.OfType<Value>().Select(v => g.Add("Identity", v))];
        float[][] got = Run(g.Build(there), m, rows, seed);
        var named = new Dictionary<string, float[]>();
        int at = 0;
        for (int i = 0; i < gradients.Length; i++)
        {
            if (gradients[i] is not null)
            {
                named.Add(m.Graph.Parameters[i].Name, got[at++]);
            }
        }

        return named;
    }

    private static unsafe float[][] Run(Graph graph, Model m, int rows, uint seed)
    {
        using var pool = new ComputePool(1);
        using var program = new Program(graph, pool);
        foreach (Value v in graph.Inputs)
        {
            Fill(program.Input(v.Name, rows), seed);
        }

        int* borders = stackalloc int[] { 0, rows };
        long* numbers = stackalloc long[rows];
        for (int i = 0; i < rows; i++)
        {
            numbers[i] = i;
        }

        program.Run(m.Parameters.View.F32, m.Buffers.View.F32, new RowSegments(borders, 1), new RandomKeys(7, 0, numbers, null));
        return [.. Enumerable.Range(0, graph.Outputs.Count).Select(i => program.Output(i).Span<float>().ToArray())];
    }

    private static unsafe void Fill(TensorView view, uint seed)
    {
        for (long i = 0; i < view.Count; i++)
        {
            seed = (seed * 1664525) + 1013904223;
            switch (view.DType)
            {
                case DType.Int64: view.I64[i] = (seed >> 16) % 4; break;
                case DType.Bool: view.U8[i] = 0; break;
                default: view.F32[i] = ((int)(seed >> 8) % 4000 / 1000f) - 2; break;
            }
        }
    }
}
