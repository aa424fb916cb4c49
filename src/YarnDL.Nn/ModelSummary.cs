using System.Globalization;
using System.Text;

namespace YarnDL.Nn;

/// <summary>A model's modules as a table.</summary>
internal static class ModelSummary
{
    public static string Of(Model model)
    {
        (string Path, string Type, string Shape, string Parameters)[] lines =
        [
            ("module", "type", "output", "parameters"),
            .. model.Layers.Where(l => l.Path.Length > 0 || model.Layers.Count == 1).Select(l => (l.Path, l.Type, l.Output.Shape.ToString(), Count(l.Parameters))),
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

    private static string Count(long n) => n.ToString("#,0", CultureInfo.InvariantCulture);
}
