using YarnDL.Graphs;
using YarnDL.Graphs.Gradients;
using YarnDL.Graphs.Programs;
using YarnDL.Tensors;
using YarnDL.Testing;

namespace YarnDL.Nn.Tests.GoldenLayers;

public sealed class Golden_layer_classes
{
    [Fact]
    public void Layers_with_the_weights_of_the_cases_give_their_results_and_gradients() => Golden.RunAll("layers", Run, c => LayerOf.Case(c) is null); // the operators run every case

    private static bool Run(GoldenCase c)
    {
        if (LayerOf.Case(c) is not { } layer)
        {
            return false;
        }

        Check(c, layer);
        return true;
    }

    private static unsafe void Check(GoldenCase c, LayerCase layer)
    {
        bool timeFirst = c.Op == "LSTMPeephole" || (c.Has("batch_first") && c.Int("batch_first") == 0);
        bool Turns(GoldenTensor t) => timeFirst && t.Shape.Length == 3;
        var given = new List<(Symbol Symbol, string Name, double[] Values)>();
        long rows = 0;
        foreach (string name in layer.Inputs ?? [.. c.Inputs.Keys])
        {
            GoldenTensor t = c.Inputs[name];
            bool turn = Turns(t) || name is "h0" or "c0";
            long[] shape = turn ? [t.Shape[1], t.Shape[0], t.Shape[2]] : t.Shape;
            DType type = t.DType == "F32" ? DType.Float32 : name == "key_padding_mask" ? DType.Bool : DType.Int64;
            given.Add((Input.Of(name, type, new Shape(shape.AsSpan(1))), name, turn ? Turned(t.Doubles(), t.Shape) : t.Doubles()));
            rows = rows == 0 ? shape[0] : rows;
        }

        Symbol[] inputs = [.. given.Select(g => g.Symbol)];
        layer.Layer.Name = "layer";
        Model m = Model.Build(new Functional(inputs, layer.Layer.Apply(inputs)), 1);
        foreach (Value p in m.Graph.Parameters)
        {
            string own = p.Name["layer.".Length..];
            float[] values = layer.Values?.Invoke(c, own) ?? c.Params[Theirs(c, layer, own)].Floats();
            values.CopyTo(m.Weights(p.Name));
        }

        foreach (Value b in m.Graph.Buffers)
        {
            c.Inputs[b.Name["layer.".Length..]].Floats().CopyTo(m.Weights(b.Name));
        }

        GraphBuilder graph = GraphBuilder.From(m.Graph);
        GoldenTensor want = c.Outputs[layer.Output];
        var outputs = new List<Value> { m.Graph.Outputs[0] };
        var compared = new List<(string Name, GoldenTensor Want)>();
        if (c.GradOutput.Count == 1 && c.GradOutput.TryGetValue(layer.Output, out GoldenTensor? outer)) // else the gradients come from several outputs
        {
            Value seed = graph.Input("seed", DType.Float32, m.Graph.Outputs[0].Shape);
            (Value Value, string Name, GoldenTensor? Want)[] wrt =
            [
                .. m.Graph.Parameters.Select(p => (p, p.Name, layer.Values is null ? c.GradParams.GetValueOrDefault(Theirs(c, layer, p.Name["layer.".Length..])) : null)),
                .. m.Graph.Inputs.Where(i => i.DType == DType.Float32).Select(i => (i, i.Name, c.GradInputs.GetValueOrDefault(i.Name))),
            ];
            wrt = [.. wrt.Where(w => w.Want is not null)];
            Value?[] gradients = GradientBuilder.Append(graph, [(m.Graph.Outputs[0], seed)], [.. wrt.Select(w => w.Value)]);
            for (int i = 0; i < wrt.Length; i++)
            {
                if (gradients[i] is { } found)
                {
                    outputs.Add(graph.Add("Identity", found));
                    compared.Add((wrt[i].Name, wrt[i].Want!));
                }
                else
                {
                    Assert.All(wrt[i].Want!.Doubles(), v => Assert.Equal(0, v));
                }
            }

            given.Add((inputs[0], "seed", Turns(outer) ? Turned(outer.Doubles(), outer.Shape) : outer.Doubles()));
        }

        using var pool = new ComputePool(1);
        using var program = new Program(graph.Build([.. outputs]), pool);
        foreach ((_, string name, double[] values) in given)
        {
            if (!program.Graph.Inputs.Any(i => i.Name == name))
            {
                continue;
            }

            TensorView view = program.Input(name, rows);
            Assert.Equal(view.Count, values.Length);
            for (int i = 0; i < values.Length; i++)
            {
                switch (view.DType)
                {
                    case DType.Float32: view.F32[i] = (float)values[i]; break;
                    case DType.Int64: view.I64[i] = (long)values[i]; break;
                    default: view.U8[i] = (byte)values[i]; break;
                }
            }
        }

        int* borders = stackalloc int[2];
        borders[1] = (int)rows;
        program.Run(m.Parameters.View.F32, m.Buffers.View.F32, new RowSegments(borders, 1));
        for (int i = 0; i <= compared.Count; i++)
        {
            (string name, GoldenTensor reference) = i == 0 ? (layer.Output, want) : compared[i - 1];
            TensorView y = program.Output(i);
            double[] got = [.. y.Span<float>().ToArray().Select(v => (double)v)];
            bool turned = (Turns(reference) && (i == 0 || c.Inputs.ContainsKey(name))) || name is "h0" or "c0";
            reference.AssertClose($"{c.Name} {(i == 0 ? "" : "gradient of ")}{name}", turned ? Turned(got, [y.Shape[0], y.Shape[1], y.Shape[2]]) : got, c.Rtol, c.Atol);
        }
    }

    private static string Theirs(GoldenCase c, LayerCase layer, string own)
    {
        string? named = layer.Names.FirstOrDefault(n => n.Own == own).Theirs;
        return named ?? (c.Params.ContainsKey(own) ? own : own == "weight" ? "W" : own == "bias" ? "B" : own);
    }

    /// <summary>(a, b, c) as (b, a, c).</summary>
    private static double[] Turned(double[] v, long[] shape)
    {
        var turned = new double[v.Length];
        for (int i = 0; i < v.Length; i++)
        {
            long k = i % shape[2];
            long b = i / shape[2] % shape[1];
            long a = i / shape[2] / shape[1];
            turned[(((b * shape[0]) + a) * shape[2]) + k] = v[i];
        }

        return turned;
    }
}
