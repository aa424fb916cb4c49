using System.Text.Json;
using Google.Protobuf;
using YarnDL.Graphs;
using YarnDL.ModelFiles.Onnx.Wire;
using YarnDL.Tensors;

namespace YarnDL.ModelFiles.Onnx;

/// <summary>Writes a graph as ONNX; the same graph and weights give the same bytes.</summary>
public static class OnnxWriter
{
    /// <summary>Metadata: the names of the parameters in the order of the flat vector, a JSON list.</summary>
    internal const string ParametersKey = "yarndl.parameters";

    /// <summary>Metadata: the names of the buffers in the order of the flat vector, a JSON list.</summary>
    internal const string BuffersKey = "yarndl.buffers";

    private const int MinOpset = 17;

    /// <param name="graph">The graph.</param>
    /// <param name="parameters">Weights to embed as initialisers, or empty: then parameters keep name and shape only (training graphs travel so).</param>
    /// <param name="buffers">Buffers to embed, or empty.</param>
    /// <param name="destination">Receives the bytes.</param>
    /// <param name="options">Export for others (yarndl operators decomposed or refused by name) or for ourselves.</param>
    /// <exception cref="ModelFileException">An operator has no ONNX form, or the file would be larger than 2 GB.</exception>
    public static void Write(Graph graph, ReadOnlySpan<float> parameters, ReadOnlySpan<float> buffers, Stream destination, OnnxWriteOptions options)
    {
        if (4L * (parameters.Length + (long)buffers.Length) > int.MaxValue - (1 << 24))
        {
            throw new ModelFileException($"[onnx] {graph.Name}: its {parameters.Length + (long)buffers.Length} weights do not fit into an ONNX file of 2 GB; use the safetensors file");
        }

        ExportGraph export = options.KeepYarnDlOperators ? ExportGraph.AsIs(graph) : ExportGraph.Decomposed(graph);
        int opset = export.Nodes.Where(n => n.Operator.Domain.Length == 0).Select(n => n.Operator.Since).Append(MinOpset).Max();
        var model = new ModelProto
        {
            IrVersion = opset <= 18 ? 8 : opset <= 20 ? 9 : 10,
            ProducerName = "yarndl",
            ProducerVersion = typeof(OnnxWriter).Assembly.GetName().Version?.ToString(3) ?? "",
            Graph = new GraphProto { Name = graph.Name },
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = opset });
        foreach (string domain in export.Nodes.Select(n => n.Operator.Domain).Where(d => d.Length > 0).Distinct().Order(StringComparer.Ordinal))
        {
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = domain, Version = 1 });
        }

        model.MetadataProps.Add(Names(ParametersKey, graph.Parameters));
        model.MetadataProps.Add(Names(BuffersKey, graph.Buffers));
        foreach (Value v in graph.Inputs)
        {
            model.Graph.Input.Add(Describe(v, export.NameOf(v)));
        }

        Embed(model.Graph, graph.Parameters, graph.ParameterCount, parameters, export);
        Embed(model.Graph, graph.Buffers, graph.BufferCount, buffers, export);
        WriteNodes(model.Graph, export, graph);
        foreach (Value v in graph.Outputs)
        {
            model.Graph.Output.Add(Describe(v, export.NameOf(v)));
        }

        using var output = new CodedOutputStream(destination, leaveOpen: true);
        model.WriteTo(output);
    }

    private static void Embed(GraphProto g, IReadOnlyList<Value> values, long count, ReadOnlySpan<float> weights, ExportGraph export)
    {
        if (weights.Length != 0 && weights.Length != count)
        {
            throw new ModelFileException($"[onnx] {g.Name}: {weights.Length} weights were given, the graph has {count}; they must be equal");
        }

        foreach (Value v in values)
        {
            if (weights.Length == 0)
            {
                g.Input.Add(Describe(v, export.NameOf(v)));
                continue;
            }

            Shape shape = v.Shape.At(1);
            unsafe
            {
                fixed (float* data = weights.Slice(checked((int)v.Offset), checked((int)shape.ElementCount)))
                {
                    float nothing = 0;
                    g.Initializer.Add(OnnxTensors.Write(export.NameOf(v), DType.Float32, shape, data == null ? &nothing : data));
                }
            }
        }
    }

    private static void WriteNodes(GraphProto g, ExportGraph export, Graph graph)
    {
        var constants = new HashSet<Value>(ReferenceEqualityComparer.Instance);
        foreach (Value? v in export.Nodes.SelectMany(n => n.Inputs).Select(export.Resolve).Concat(graph.Outputs.Select(export.Resolve)))
        {
            if (v?.Constant is { } content && constants.Add(v))
            {
                var constant = new NodeProto { OpType = "Constant", Name = export.NameOf(v) + "/constant" };
                constant.Output.Add(export.NameOf(v));
                constant.Attribute.Add(OnnxAttributes.Write("value", content, v.Name));
                g.Node.Add(constant);
            }
        }

        foreach (Node n in export.Nodes)
        {
            string place = $"[onnx] node {n.Name} ({n.Operator.Name})";
            var node = new NodeProto { OpType = n.Operator.Name, Domain = n.Operator.Domain, Name = n.Name };
            node.Input.AddRange(n.Inputs.Select(v => v is null ? "" : export.NameOf(v)));
            while (node.Input.Count > 0 && node.Input[^1].Length == 0)
            {
                node.Input.RemoveAt(node.Input.Count - 1);
            }

            node.Output.AddRange(n.Outputs.Select(v => v is null ? "" : export.NameOf(v)));
            foreach ((string key, object value) in n.Attributes.All)
            {
                // Defaults of ONNX's own operators are left out: older runtimes do not know every attribute.
                if (n.Operator.Domain.Length > 0 || !IsDefault(n.Operator, key, value))
                {
                    node.Attribute.Add(OnnxAttributes.Write(key, value, place));
                }
            }

            g.Node.Add(node);
        }
    }

    private static bool IsDefault(Operator op, string key, object value) => op.AttributeSpecs.FirstOrDefault(s => s.Name == key)?.Default switch
    {
        null => false,
        int i => value is long l && l == i,
        bool b => value is long l && l == (b ? 1 : 0),
        double d => value is float f && f == (float)d,
        long[] a => value is long[] b && a.AsSpan().SequenceEqual(b),
        { } d => d.Equals(value),
    };

    private static StringStringEntryProto Names(string key, IReadOnlyList<Value> values) =>
        new() { Key = key, Value = JsonSerializer.Serialize([.. values.Select(v => v.Name)], NamesJson.Default.StringArray) };

    private static ValueInfoProto Describe(Value v, string name)
    {
        var shape = new TensorShapeProto();
        foreach (Dim d in v.Shape.Dims)
        {
            shape.Dim.Add(d.IsFixed ? new TensorShapeProto.Types.Dimension { DimValue = d.Factor } : new TensorShapeProto.Types.Dimension { DimParam = d.ToString() });
        }

        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = OnnxTensors.WireType(v.DType), Shape = shape } } };
    }
}
