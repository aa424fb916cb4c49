using YarnDL.Graphs;
using YarnDL.Graphs.Programs;
using YarnDL.Tensors;
using YarnDL.Testing;

namespace YarnDL.Nn.Tests;

/// <summary>Embeddings, recurrent layers and attention with PyTorch's weights, in the layers' own layout (N, T, C).</summary>
public sealed class SequenceLayerTests
{
    [Fact]
    public void Layers_with_PyTorchs_weights_give_PyTorchs_results()
    {
        int done = 0;
        foreach (GoldenCase c in Golden.Group("layers"))
        {
            if (Layer(c) is { } layer)
            {
                Check(c, layer);
                done++;
            }
        }

        Assert.True(done >= 20, $"{done} cases");
    }

    private static Module? Layer(GoldenCase c)
    {
        if (c.Op is not ("LSTM" or "GRU" or "RNN" or "MultiheadAttention" or "TransformerEncoderLayer" or "Embedding" or "EmbeddingBag"))
        {
            return null;
        }

        if (c.Inputs.ContainsKey("h0") || c.Inputs.ContainsKey("offsets") || c.Has("proj_size") || c.Has("max_norm") || (c.Int("bias", 1) == 0 && c.Op != "MultiheadAttention")
            || c.Int("kdim", 6) != 6 || c.Int("add_bias_kv") != 0)
        {
            return null;
        }

        bool both = c.Text("direction") == "bidirectional";
        int layers = (int)c.Int("num_layers");
        return c.Op switch
        {
            "LSTM" => new LSTM(c.Int("hidden_size"), layers, both),
            "GRU" => new GRU(c.Int("hidden_size"), layers, both),
            "RNN" => new RNN(c.Int("hidden_size"), layers, both, relu: c.Text("nonlinearity") == "relu"),
            "MultiheadAttention" => new MultiheadAttention(c.Int("num_heads"), c.Int("causal") != 0, c.Int("bias") != 0),
            "TransformerEncoderLayer" => new TransformerEncoderLayer(c.Int("nhead"), c.Int("dim_feedforward"), c.Text("activation"), c.Int("norm_first") != 0, c.Int("causal") != 0),
            "Embedding" => new Embedding(7, 5, c.Has("padding_idx") ? c.Int("padding_idx") : null),
            "EmbeddingBag" => new EmbeddingBag(7, 5, c.Text("mode"), c.Int("padding_idx")),
            _ => null,
        };
    }

    private static unsafe void Check(GoldenCase c, Module layer)
    {
        bool timeFirst = c.Has("batch_first") && c.Int("batch_first") == 0;
        var given = new List<(Symbol Symbol, string Name, double[] Values)>();
        long rows = 0;
        foreach ((string name, GoldenTensor t) in c.Inputs)
        {
            bool turn = timeFirst && t.Shape.Length == 3;
            long[] shape = turn ? [t.Shape[1], t.Shape[0], t.Shape[2]] : t.Shape;
            DType type = t.DType == "F32" ? DType.Float32 : name == "key_padding_mask" ? DType.Bool : DType.Int64;
            given.Add((Input.Of(name, type, new Shape(shape.AsSpan(1))), name, turn ? Turned(t.Doubles(), t.Shape) : t.Doubles()));
            rows = shape[0];
        }

        Symbol[] inputs = [.. given.Select(g => g.Symbol)];
        Model m = Model.Build(new Functional(inputs, layer.Apply(inputs)), 1);
        foreach (Value p in m.Graph.Parameters)
        {
            string name = p.Name[2..];
            c.Params[name == "weight" ? "W" : name].Floats().CopyTo(m.Weights(p.Name));
        }

        using var pool = new ComputePool(1);
        using var program = new Program(m.Graph, pool);
        foreach ((_, string name, double[] values) in given)
        {
            TensorView view = program.Input(name, rows);
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
        program.Run(m.Parameters.View.F32, null, new RowSegments(borders, 1));
        TensorView y = program.Output(0);
        double[] got = [.. y.Span<float>().ToArray().Select(v => (double)v)];
        c.Outputs["Y"].AssertClose($"{c.Name} Y", timeFirst ? Turned(got, [y.Shape[0], y.Shape[1], y.Shape[2]]) : got, c.Rtol, c.Atol);
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
