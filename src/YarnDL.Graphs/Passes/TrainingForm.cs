using YarnDL.Graphs.Ops;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Passes;

/// <summary>
/// The model as it trains: BatchNormalization takes the statistics of each segment of the rows and gives the new running ones, as sums
/// over non-empty segments; Dropout becomes KeyedDropout, and every random node at rest gets its stream, the ordinal of the random node.
/// Parameters, buffers and names stay.
/// </summary>
public static class TrainingForm
{
    /// <exception cref="GraphException">Two layers move the same running statistics.</exception>
    public static (Graph Graph, IReadOnlyList<(Value Buffer, Value Update)> Updates) Apply(Graph graph)
    {
        var rewriter = new GraphRewriter(graph);
        var updates = new List<(Value Buffer, Value Update)>();
        Operator training = OperatorTable.Get("BatchNormalizationTraining", "yarndl");
        Operator dropout = OperatorTable.Get("KeyedDropout", "yarndl");
        long streams = 0;
        foreach (Node n in graph.Nodes)
        {
            if (n.Operator is { Name: "Dropout", Domain: "" })
            {
                Attributes drawn = new(("channels", 0), ("ratio", Dropout.Ratio(n)), ("stream", streams++));
                rewriter.Put(n.Name, dropout, [rewriter.Now(n.Inputs[0]!)], drawn, [n.Outputs[0]]);
                continue;
            }

            if (n.Operator.UsesRandomness && n.Attributes.Has("stream") && n.Attributes.Int("stream") < 0)
            {
                rewriter.Put(n.Name, n.Operator, [.. n.Inputs.Select(v => v is null ? null : rewriter.Now(v))], n.Attributes.With("stream", streams++), n.Outputs);
                continue;
            }

            if (n.Operator is not { Name: "BatchNormalization", Domain: "" } || n.Inputs[3] is not { Kind: ValueKind.Buffer } mean || n.Inputs[4] is not { Kind: ValueKind.Buffer } variance)
            {
                rewriter.Keep(n);
                continue;
            }

            if (updates.Any(u => ReferenceEquals(u.Buffer, mean) || ReferenceEquals(u.Buffer, variance)))
            {
                throw new GraphException($"[BatchNormalization] {n.Name}: {mean.Name} belongs to another layer too; a batch normalisation is used once");
            }

            var newMean = new Value(n.Name + "/running_mean", DType.Float32, mean.Shape, ValueKind.Node);
            var newVariance = new Value(n.Name + "/running_var", DType.Float32, variance.Shape, ValueKind.Node);
            Attributes a = new(("epsilon", n.Attributes.Float("epsilon")), ("momentum", n.Attributes.Float("momentum")));
            rewriter.Put(n.Name, training, [.. n.Inputs.Select(v => v is null ? null : rewriter.Now(v))], a, [n.Outputs[0], newMean, newVariance]);
            updates.Add((mean, rewriter.Now(newMean)));
            updates.Add((variance, rewriter.Now(newVariance)));
        }

        return (updates.Count == 0 && streams == 0 ? graph : rewriter.Build(), updates);
    }
}
