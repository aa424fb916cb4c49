using YarnDL.ModelFiles.Onnx.Wire;

namespace YarnDL.ModelFiles.Onnx;

/// <summary>Puts nodes in an order in which every node follows its inputs; sound files are in one already and keep it.</summary>
internal static class OnnxOrder
{
    /// <exception cref="ModelFileException">A name is made twice or nowhere, or nodes wait for each other.</exception>
    public static List<NodeProto> Sort(GraphProto g, IReadOnlyDictionary<string, TensorProto> initialisers, string place)
    {
        var maker = new Dictionary<string, int>(StringComparer.Ordinal);
        var given = new HashSet<string>(initialisers.Keys, StringComparer.Ordinal);
        given.UnionWith(g.Input.Select(i => i.Name));
        for (int i = 0; i < g.Node.Count; i++)
        {
            foreach (string output in g.Node[i].Output)
            {
                if (output.Length > 0 && (given.Contains(output) || !maker.TryAdd(output, i)))
                {
                    throw new ModelFileException($"{place} the value {output} is made twice; every value is made once");
                }
            }
        }

        var waiting = new int[g.Node.Count];
        var followers = new List<int>?[g.Node.Count];
        var ready = new PriorityQueue<int, int>();
        for (int i = 0; i < g.Node.Count; i++)
        {
            foreach (string input in g.Node[i].Input)
            {
                if (input.Length == 0 || given.Contains(input))
                {
                    continue;
                }

                if (!maker.TryGetValue(input, out int from))
                {
                    throw new ModelFileException($"{place} node {Name(g.Node[i], i)} uses {input}, which is defined nowhere; it must be an input, an initialiser or made by a node");
                }

                waiting[i]++;
                (followers[from] ??= []).Add(i);
            }

            if (waiting[i] == 0)
            {
                ready.Enqueue(i, i);
            }
        }

        var sorted = new List<NodeProto>(g.Node.Count);
        while (ready.TryDequeue(out int i, out _))
        {
            sorted.Add(g.Node[i]);
            foreach (int f in followers[i] ?? [])
            {
                if (--waiting[f] == 0)
                {
                    ready.Enqueue(f, f);
                }
            }
        }

        int stuck = sorted.Count == g.Node.Count ? -1 : Array.FindIndex(waiting, w => w > 0);
        return stuck < 0 ? sorted : throw new ModelFileException($"{place} node {Name(g.Node[stuck], stuck)} waits for its own output; a graph has no cycle");
    }

    private static string Name(NodeProto n, int index) => n.Name.Length > 0 ? $"{n.Name} ({n.OpType})" : $"number {index} ({n.OpType})";
}
