using System.Runtime.InteropServices;
using YarnDL.Graphs.Programs;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Tests.RandomGraphs;

/// <summary>Runs a graph node by node: each node is a graph of its own without passes and shared memory, its results are copied out.</summary>
internal static class NaiveRun
{
    public static byte[][] Run(Graph graph, IReadOnlyDictionary<string, Array> given, int[] borders)
    {
        var known = new Dictionary<Value, Array>(ReferenceEqualityComparer.Instance);
        foreach (Value v in graph.Inputs.Concat(graph.Parameters))
        {
            known[v] = given[v.Name];
        }

        foreach (Node n in graph.Nodes)
        {
            var g = new GraphBuilder(n.Name);
            var inputs = new Dictionary<string, Array>();
            var now = new Dictionary<Value, Value>(ReferenceEqualityComparer.Instance);
            foreach (Value v in n.Inputs.OfType<Value>().Where(v => v.Kind != ValueKind.Constant))
            {
                if (now.TryAdd(v, null!))
                {
                    now[v] = g.Input("in" + now.Count, v.DType, v.Shape);
                    inputs[now[v].Name] = known[v];
                }
            }

            Value[] outputs = g.AddNode(n.Operator, [.. n.Inputs.Select(v => v is null ? null : now.GetValueOrDefault(v, v))], n.Attributes, n.Outputs.Count);
            using var runner = new Runner(g.Build(outputs), 1, new ProgramOptions { Optimize = false, ReuseMemory = false });
            byte[][] results = runner.Run(inputs, borders);
            for (int i = 0; i < outputs.Length; i++)
            {
                known[n.Outputs[i]!] = outputs[i].DType switch
                {
                    DType.Float32 => MemoryMarshal.Cast<byte, float>(results[i]).ToArray(),
                    DType.Int64 => MemoryMarshal.Cast<byte, long>(results[i]).ToArray(),
                    DType.Int32 => MemoryMarshal.Cast<byte, int>(results[i]).ToArray(),
                    _ => results[i],
                };
            }
        }

        return [.. graph.Outputs.Select(o => Bytes(known[o]))];
    }

    private static byte[] Bytes(Array a) => a switch
    {
        float[] x => MemoryMarshal.AsBytes<float>(x).ToArray(),
        long[] x => MemoryMarshal.AsBytes<long>(x).ToArray(),
        int[] x => MemoryMarshal.AsBytes<int>(x).ToArray(),
        _ => (byte[])a,
    };
}
