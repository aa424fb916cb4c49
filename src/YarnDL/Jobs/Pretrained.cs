using YarnDL.Commands;
using YarnDL.Graphs;
using YarnDL.ModelFiles;
using YarnDL.ModelFiles.Onnx;
using YarnDL.Nn;
using YarnDL.Training.ModelDirectories;

namespace YarnDL.Jobs;

/// <summary>An earlier model with its weights as a layer, whole or up to a name. It is opened when the network is built, by the driver alone.</summary>
internal sealed class Pretrained(string from, string? until) : Module
{
    private Module? _part;

    public override Value Forward(ModuleScope scope, Value x) => Part().Forward(scope, x);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs) => Part().Forward(scope, inputs);

    /// <summary>Adds the layer's name.</summary>
    public static void Register() => LayerRegistry.All.Add(
        new("pretrained", "an earlier model with its weights: a model directory or an ONNX file. `from` (required), `until`: the layer or value after which it is cut (`yarndl inspect` shows the names); with `frozen: true` it stays as it is", "{type: pretrained, from: earlier/model, until: fc2, frozen: true}"),
        o => new Pretrained(o.Text("from"), o.FindName("until")));

    private Module Part()
    {
        try
        {
            return _part ??= Open().Until(until);
        }
        catch (GraphException e) when (e.Message.StartsWith("[model]", StringComparison.Ordinal))
        {
            throw new GraphException($"[pretrained] {from}: {e.Message["[model] ".Length..]}", e);
        }
    }

    private Model Open()
    {
        if (!from.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase))
        {
            return ModelDirectory.Open(Place.Files, Place.Full(from)).Model;
        }

        string path = Place.Full(from);
        if (Place.Files.Stat(path) is not { IsFolder: false })
        {
            throw new ModelFileException($"[pretrained] {path} does not exist; give an ONNX file or a model directory");
        }

        using Stream file = Place.Files.OpenRead(path);
        (Graph graph, Tensors.Tensor parameters, Tensors.Tensor buffers) = OnnxReader.Read(file, path);
        return new Model(graph, parameters, buffers);
    }
}
