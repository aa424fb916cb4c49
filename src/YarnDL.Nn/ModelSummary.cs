using System.Globalization;
using System.Text;
using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>A model's modules as a table.</summary>
internal static class ModelSummary
{
    private const int MostNamed = 100;

    public static string Of(Model model)
    {
        IReadOnlyList<LayerLine> layers = model.Layers.Count > 0 ? model.Layers : Of(model.Graph);
        (string Path, string Type, string Shape, string Parameters)[] lines =
        [
            ("module", "type", "output", "parameters"),
            .. layers.Where(l => l.Path.Length > 0 || layers.Count == 1).Select(l => (l.Path, l.Type, l.Output.Shape.ToString(), Count(l.Parameters))),
        ];
        int path = lines.Max(l => l.Path.Length);
        int type = lines.Max(l => l.Type.Length);
        int shape = lines.Max(l => l.Shape.Length);
        int count = lines.Max(l => l.Parameters.Length);
        var s = new StringBuilder();
        foreach (var l in lines)
        {
            s.Append(CultureInfo.InvariantCulture, $"{l.Path.PadRight(path)}  {l.Type.PadRight(type)}  {l.Shape.PadRight(shape)}  {l.Parameters.PadLeft(count)}\n");
        }

        long frozen = model.Graph.Parameters.Where(p => model.Frozen.Contains(p.Name)).Sum(p => p.Shape.At(1).ElementCount);
        long all = model.Graph.ParameterCount;
        return s.Append(CultureInfo.InvariantCulture, $"parameters {Count(all)}, of which {Count(all - frozen)} learn; buffers {Count(model.Graph.BufferCount)}\n").ToString();
    }

    /// <summary>
    /// The layers of a graph without modules: parameters with one path, and the first node that reads one of them together with data; and where they are not
    /// too many, results without parameters that have a name.
    /// </summary>
    private static List<LayerLine> Of(Graph graph)
    {
        bool all = graph.Nodes.Count(n => n.Outputs[0] is { IsNamed: true }) <= MostNamed;
        var paths = new Dictionary<Value, string>(ReferenceEqualityComparer.Instance);
        foreach (Value p in graph.Parameters)
        {
            paths.Add(p, p.Name.LastIndexOf('.') is >= 0 and var dot ? p.Name[..dot] : p.Name);
        }

        var lines = new List<LayerLine>();
        foreach (Node n in graph.Nodes)
        {
            string? path = n.Inputs.OfType<Value>().Select(paths.GetValueOrDefault).FirstOrDefault(p => p is not null);
            if (n.Outputs[0] is not { } y)
            {
                continue;
            }

            if (path is null)
            {
                if (all && y.IsNamed && !graph.Outputs.Contains(y))
                {
                    lines.Add(new LayerLine(y.Name, n.Operator.Name, y, 0)); // a layer without parameters whose result has a name
                }

                continue;
            }

            if (y.Shape.RowAxis < 0 && n.Inputs.OfType<Value>().All(v => v.Kind == ValueKind.Constant || paths.ContainsKey(v)))
            {
                paths.TryAdd(y, path); // weights cut, turned or joined are weights
            }
            else if (!lines.Any(l => l.Path == path))
            {
                lines.Add(new LayerLine(path, n.Operator.Name, y, graph.Parameters.Where(p => paths[p] == path).Sum(p => p.Shape.At(1).ElementCount)));
            }
        }

        return lines;
    }

    private static string Count(long n) => n.ToString("#,0", CultureInfo.InvariantCulture);
}
