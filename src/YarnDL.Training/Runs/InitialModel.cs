using YarnDL.Data.Files;
using YarnDL.Graphs;
using YarnDL.ModelFiles;
using YarnDL.Nn;
using YarnDL.Tensors;
using YarnDL.Training.ModelDirectories;

namespace YarnDL.Training.Runs;

/// <summary>Starts a plan from the weights of an earlier model.</summary>
internal static class InitialModel
{
    /// <summary>The plan with the earlier model's weights, and that model's checksum.</summary>
    public static (TrainingPlan Plan, string Checksum) Apply(TrainingPlan plan, IFileStore store, InitFrom init)
    {
        var from = ModelDirectory.Open(store, init.ModelPath);
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (Value v in from.Model.Graph.Parameters.Concat(from.Model.Graph.Buffers))
        {
            tensors[v.Name] = Tensor.From<float>(v.Shape.At(1), from.Model.Weights(v.Name));
        }

        Graph graph = plan.Model.Graph;
        Model model = plan.Model.With(new Tensor(DType.Float32, new Shape(graph.ParameterCount)), new Tensor(DType.Float32, new Shape(graph.BufferCount)));
        ModelWeights.Fill(model, tensors, init.ModelPath);
        return (plan with { Model = model }, from.Checksum);
    }

    /// <summary>Fills the state vectors from the earlier model's directory.</summary>
    /// <returns>Updates that the state has seen: the optimizer goes on counting from there.</returns>
    /// <param name="store">Where it lies.</param>
    /// <param name="init">The earlier model.</param>
    /// <param name="graph">The model that is trained.</param>
    /// <param name="state">The vectors.</param>
    public static long TakeOptimizerState(IFileStore store, InitFrom init, Graph graph, IReadOnlyDictionary<string, float[]> state)
    {
        var from = ModelDirectory.Open(store, init.ModelPath);
        IReadOnlyDictionary<string, Tensor> tensors = from.ReadOptimizerState()
            ?? throw new ModelFileException($"[init] {init.ModelPath} holds no optimizer state; write it with the model (saveOptimizerState), or start without it");
        foreach ((string name, float[] vector) in state)
        {
            foreach (Value v in graph.Parameters)
            {
                Shape shape = v.Shape.At(1);
                ModelWeights.Copy(tensors, $"{name}/{v.Name}", shape, vector.AsSpan(checked((int)v.Offset), checked((int)shape.ElementCount)), init.ModelPath);
            }
        }

        return (long)from.Manifest["optimizerSteps"]!;
    }
}
