using System.Text.Json;
using YarnDL.Graphs;
using YarnDL.ModelFiles.Onnx.Wire;
using YarnDL.Tensors;

namespace YarnDL.ModelFiles.Onnx;

/// <summary>One graph of a file: initialisers, inputs, nodes in order, outputs.</summary>
internal sealed class OnnxGraphReader(ModelProto model, long opset, string place)
{
    private readonly GraphProto _g = model.Graph;
    private readonly GraphBuilder _builder = new(model.Graph.Name.Length > 0 ? model.Graph.Name : "model");
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<Tensor> _parameters = [];
    private readonly List<Tensor> _buffers = [];

    /// <summary>Our files say what they mean; in others an extent of 0 stands for one that is left open.</summary>
    private readonly bool _ours = model.MetadataProps.Any(p => p.Key == OnnxWriter.ParametersKey);

    private string? _rowSymbol = model.MetadataProps.Any(p => p.Key == OnnxWriter.ParametersKey) ? Dim.Rows : null;

    public (Graph Graph, Tensor Parameters, Tensor Buffers) Read()
    {
        Dictionary<string, TensorProto> initialisers = Initialisers();
        List<NodeProto> nodes = OnnxOrder.Sort(_g, initialisers, place);
        foreach (NodeProto n in nodes)
        {
            _names.UnionWith(n.Output);
        }

        ReadInputs(initialisers);
        ReadInitialisers(initialisers, nodes);
        for (int i = 0; i < nodes.Count; i++)
        {
            ReadNode(nodes[i], i);
        }

        if (_g.Output.Count == 0)
        {
            throw new ModelFileException($"{place} it has no output; a model has at least one");
        }

        var outputs = new Value[_g.Output.Count];
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = _values.GetValueOrDefault(_g.Output[i].Name) ?? throw new ModelFileException($"{place} output {_g.Output[i].Name} is defined nowhere; every output is an input or made by a node");
        }

        Graph graph = _builder.Build(outputs);
        return (graph, Flat(_parameters), Flat(_buffers));
    }

    private Dictionary<string, TensorProto> Initialisers()
    {
        var all = new Dictionary<string, TensorProto>(StringComparer.Ordinal);
        foreach (TensorProto t in _g.Initializer)
        {
            if (t.Name.Length == 0 || !all.TryAdd(t.Name, t))
            {
                throw new ModelFileException($"{place} the initialiser name \"{t.Name}\" is empty or used twice; names are unique");
            }
        }

        _names.UnionWith(all.Keys);
        return all;
    }

    /// <summary>Inputs in the file's order; those that metadata call parameters or buffers travel without their values.</summary>
    private void ReadInputs(Dictionary<string, TensorProto> initialisers)
    {
        HashSet<string> parameters = [.. Listed(OnnxWriter.ParametersKey)];
        HashSet<string> buffers = [.. Listed(OnnxWriter.BuffersKey)];
        foreach (ValueInfoProto input in _g.Input)
        {
            if (initialisers.ContainsKey(input.Name))
            {
                continue;
            }

            _names.Add(input.Name);
            string here = $"{place} input {input.Name}";
            if (input.Type?.TensorType is not { } type)
            {
                throw new ModelFileException($"{here} is no tensor; sequences, maps and optionals are not read");
            }

            DType dtype = OnnxTensors.ElementType(type.ElemType, here);
            if (type.Shape is null)
            {
                throw new ModelFileException($"{here} has no shape; declare it, with an open first axis for the rows");
            }

            SymbolicShape shape = ReadShape(type.Shape, here);
            if (parameters.Contains(input.Name) || buffers.Contains(input.Name))
            {
                if (!shape.IsFixed || dtype != DType.Float32)
                {
                    throw new ModelFileException($"{here} is a parameter or buffer of {dtype}{shape}; it must be float32 of fixed shape");
                }

                Shape at = shape.At(1);
                Keep(input.Name, () => parameters.Contains(input.Name) ? _builder.Parameter(input.Name, at) : _builder.Buffer(input.Name, at));
                continue;
            }

            Keep(input.Name, () => _builder.Input(input.Name, dtype, shape));
        }
    }

    private SymbolicShape ReadShape(TensorShapeProto shape, string here)
    {
        if (shape.Dim.Count > 32)
        {
            throw new ModelFileException($"{here} has {shape.Dim.Count} axes; at most 32 are read");
        }

        var dims = new Dim[shape.Dim.Count];
        for (int i = 0; i < dims.Length; i++)
        {
            TensorShapeProto.Types.Dimension d = shape.Dim[i];
            if (d.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue && (d.DimValue > 0 || (d.DimValue == 0 && _ours)))
            {
                dims[i] = d.DimValue;
                continue;
            }

            if (d.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue && d.DimValue < -1)
            {
                throw new ModelFileException($"{here} has the extent {d.DimValue} on axis {i}; extents are positive");
            }

            string symbol = d.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimParam ? d.DimParam : "";
            (long factor, string name) = Multiple(symbol);
            if (i == 0)
            {
                _rowSymbol ??= name;
            }

            dims[i] = name == _rowSymbol || (i == 0 && name.Length == 0) ? new Dim(factor, Dim.Rows)
                : throw new ModelFileException($"{here} leaves axis {i} open ({(name.Length == 0 ? "no name" : name)}); only the rows, the first axis, may be open: fix the other extents");
        }

        return new SymbolicShape(dims);
    }

    /// <summary>"50N" is 50 times N, as the writer spells folded rows.</summary>
    private static (long Factor, string Symbol) Multiple(string symbol)
    {
        int digits = 0;
        while (digits < symbol.Length && char.IsAsciiDigit(symbol[digits]))
        {
            digits++;
        }

        return digits is > 0 and < 12 && symbol[digits..] == Dim.Rows ? (long.Parse(symbol[..digits], System.Globalization.CultureInfo.InvariantCulture), Dim.Rows) : (1, symbol);
    }

    private void ReadInitialisers(Dictionary<string, TensorProto> initialisers, List<NodeProto> nodes)
    {
        HashSet<string> parameters = [.. Listed(OnnxWriter.ParametersKey)];
        HashSet<string> buffers = [.. Listed(OnnxWriter.BuffersKey)];
        bool ours = model.MetadataProps.Any(p => p.Key == OnnxWriter.ParametersKey);
        HashSet<string> trained = ours ? parameters : Trained(nodes);
        foreach (TensorProto t in _g.Initializer)
        {
            Tensor tensor = OnnxTensors.Read(t, $"{place} initialiser {t.Name}");
            if (tensor.DType == DType.Float32 && buffers.Contains(t.Name))
            {
                _buffers.Add(tensor);
                Keep(t.Name, () => _builder.Buffer(t.Name, tensor.Shape));
            }
            else if (tensor.DType == DType.Float32 && trained.Contains(t.Name) && (ours || tensor.Shape.Rank > 0))
            {
                _parameters.Add(tensor);
                Keep(t.Name, () => _builder.Parameter(t.Name, tensor.Shape));
            }
            else
            {
                Keep(t.Name, () => _builder.Constant(tensor, t.Name));
            }
        }

        if (initialisers.Count > 0 && _parameters.Count != _builder.Parameters.Count)
        {
            throw new ModelFileException($"{place} some parameters have values and some have none; all or none must");
        }
    }

    /// <summary>Names that a node uses where a gradient flows.</summary>
    private static HashSet<string> Trained(List<NodeProto> nodes)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (NodeProto n in nodes)
        {
            if (OperatorTable.Find(n.OpType, n.Domain) is not { } op)
            {
                continue;
            }

            for (int i = 0; i < n.Input.Count; i++)
            {
                if (!op.IsConstantInput(i))
                {
                    names.Add(n.Input[i]);
                }
            }
        }

        return names;
    }

    private void ReadNode(NodeProto n, int index)
    {
        string here = $"{place} node {(n.Name.Length > 0 ? n.Name : $"number {index}")} ({n.OpType})";
        Attributes attributes = OnnxAttributes.Read(n, here);
        if (n.OpType == "Constant" && n.Domain is "" or "ai.onnx")
        {
            Tensor content = OnnxConstants.Read(attributes, here);
            Keep(n.Output.Count == 1 ? n.Output[0] : throw new ModelFileException($"{here} has {n.Output.Count} outputs; a constant has one"), () => _builder.Constant(content, n.Output[0]));
            return;
        }

        var inputs = new Value?[n.Input.Count];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = n.Input[i].Length == 0 ? null : _values[n.Input[i]];
        }

        int count = n.Output.Count;
        while (count > 0 && n.Output[count - 1].Length == 0)
        {
            count--;
        }

        try
        {
            (string type, ReadOnlyMemory<Value?> adapted, Attributes mended) = OnnxAdapters.Apply(_builder, n.OpType, n.Domain, opset, inputs, attributes, count, here);
            Operator op = OperatorTable.Find(type, n.Domain == "ai.onnx" ? "" : n.Domain)
                ?? throw new ModelFileException($"{here} needs the operator {(n.Domain.Length > 0 ? n.Domain + "." : "")}{n.OpType}, which is not in the table; add it, or export the model without it");
            string[] outputs = [.. n.Output.Take(count)];
            Value[] made = _builder.AddNode(op, adapted.Span, mended, count, NodeName(n.Name), Array.ConvertAll(outputs, o => o.Length == 0 ? null : o));
            for (int i = 0; i < count; i++)
            {
                if (outputs[i].Length > 0)
                {
                    _values.Add(outputs[i], made[i]);
                }
            }
        }
        catch (Exception e) when (e is GraphException or ArgumentException or OverflowException or InvalidOperationException or IndexOutOfRangeException or InvalidCastException or DivideByZeroException or NotSupportedException)
        {
            throw new ModelFileException($"{here} does not fit: {e.Message}", e);
        }
    }

    /// <summary>Nodes and values share their names in a graph: a node whose name a value has goes without.</summary>
    private string? NodeName(string name) => name.Length > 0 && _names.Add(name) ? name : null;

    private void Keep(string name, Func<Value> make)
    {
        try
        {
            _values.Add(name, make());
        }
        catch (Exception e) when (e is GraphException or ArgumentException)
        {
            throw new ModelFileException($"{place} the name {name} is used twice or its shape is not sound: {e.Message}", e);
        }
    }

    private string[] Listed(string key)
    {
        if (model.MetadataProps.FirstOrDefault(p => p.Key == key) is not { } entry)
        {
            return [];
        }

        try
        {
            return JsonSerializer.Deserialize(entry.Value, NamesJson.Default.StringArray) ?? [];
        }
        catch (JsonException e)
        {
            throw new ModelFileException($"{place} its metadata {key} are no list of names; the file is damaged", e);
        }
    }

    private Tensor Flat(List<Tensor> parts)
    {
        // Without values in the file the vectors stay empty: whoever sends such a graph sends the weights apart.
        var all = new Tensor(DType.Float32, new Shape(parts.Sum(p => p.Shape.ElementCount)));
        long offset = 0;
        foreach (Tensor p in parts)
        {
            unsafe
            {
                Buffer.MemoryCopy(p.View.Data, all.View.F32 + offset, p.Shape.ElementCount * 4, p.Shape.ElementCount * 4);
            }

            offset += p.Shape.ElementCount;
            p.Dispose();
        }

        return all;
    }
}
