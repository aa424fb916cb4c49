using System.Text.Json.Nodes;
using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// Softmax cross entropy of logits (N, classes, ...) against int64 labels (N, ...): sum of w[label]·(-log softmax(x)[label]) over the sum of w[label],
/// PyTorch's mean. Labels equal to the ignored index count in neither. A float32 target of the logits' shape is a distribution over the classes:
/// sum of -target·w·log softmax(x) over the number of distributions.
/// </summary>
public sealed class CrossEntropy(IReadOnlyList<double>? classWeights = null, long? ignoreIndex = null, double labelSmoothing = 0) : Loss
{
    private readonly double _smoothing = labelSmoothing is >= 0 and < 1 ? labelSmoothing
        : throw new SpecException($"[crossEntropy] labelSmoothing is {labelSmoothing}; it must be at least 0 and less than 1", "labelSmoothing");

    public override bool JudgesClasses => true;

    public override Spec Spec
    {
        get
        {
            var spec = new Spec("crossEntropy");
            if (classWeights is not null)
            {
                spec.Options["classWeights"] = new JsonArray([.. classWeights.Select(w => JsonValue.Create(w))]);
            }

            if (ignoreIndex is { } ignored)
            {
                spec.Options["ignoreIndex"] = ignored;
            }

            if (_smoothing != 0)
            {
                spec.Options["labelSmoothing"] = _smoothing;
            }

            return spec;
        }
    }

    public override Value Numerator(GraphBuilder g, Value prediction, Value target, Value? rowWeight)
    {
        if (prediction.Shape.Rank < 2 || !prediction.Shape[1].IsFixed)
        {
            throw new GraphException($"[crossEntropy] logits have shape {prediction.Shape}; they must be (N, classes, ...): the last layer needs one output per class");
        }

        long classes = prediction.Shape[1].Factor;
        if (classWeights is not null && classWeights.Count != classes)
        {
            throw new GraphException($"[crossEntropy] there are {classWeights.Count} class weights and {classes} classes; give one per class");
        }

        if (target.DType == DType.Float32)
        {
            Value soft = Soft(g, prediction, target, classes);
            return Rows.Sum(g, rowWeight is null ? soft : g.Add("Mul", soft, Rows.Weights(g, rowWeight, soft)));
        }

        Value labels = Labels(g, target);
        labels = labels.Shape.Rank == prediction.Shape.Rank && labels.Shape[1] == 1 ? g.Add("Squeeze", labels, g.Constant(1L)) : labels;
        Value kept = Kept(g, labels);
        Value losses = g.Add("SoftmaxCrossEntropy", prediction, kept);
        if (Weights(g, labels, kept, null) is { } weights)
        {
            losses = g.Add("Mul", losses, weights);
        }

        if (_smoothing != 0)
        {
            losses = g.Add("Add", g.Add("Mul", losses, g.Constant((float)(1 - _smoothing))), Smooth(g, prediction, labels, classes));
        }

        return Rows.Sum(g, rowWeight is null ? losses : g.Add("Mul", losses, Rows.Weights(g, rowWeight, losses)));
    }

    public override Value Denominator(GraphBuilder g, Value target, Value? rowWeight)
    {
        if (target.DType == DType.Float32)
        {
            Value one = g.Add("ReduceMax", target, g.Constant(1L), ("keepdims", 0));
            return Rows.Sum(g, g.Add("ExpandLike", rowWeight is null ? g.Constant(1f) : Rows.Weights(g, rowWeight, one), one));
        }

        Value labels = Labels(g, target);
        return Rows.Sum(g, Weights(g, labels, Kept(g, labels), rowWeight) ?? g.Add("ExpandLike", g.Constant(1f), labels));
    }

    private static Value Labels(GraphBuilder g, Value target) => target.DType switch
    {
        DType.Int64 => target,
        DType.Int32 => g.Add("Cast", target, ("to", 7)),
        _ => throw new GraphException($"[crossEntropy] the target {target.Name} is {target.DType}{target.Shape}; labels are class numbers from 0, int64: use a label index feature"),
    };

    /// <summary>Labels with the ignored ones replaced by class 0, which their weight 0 makes harmless.</summary>
    private Value Kept(GraphBuilder g, Value labels) => ignoreIndex is not { } ignored ? labels
        : g.Add("Where", [Ignored(g, labels, ignored), g.Constant(Tensor.Scalar(0L)), labels]);

    /// <summary>The weight of every label: its class's, zero where ignored, times its row's. Null: all are 1.</summary>
    private Value? Weights(GraphBuilder g, Value labels, Value kept, Value? rowWeight)
    {
        Value? w = classWeights is null ? null : g.Add("Gather", ClassWeights(g, classWeights.Count), kept);
        if (ignoreIndex is { } ignored)
        {
            w = g.Add("Where", [Ignored(g, labels, ignored), g.Constant(0f), w ?? g.Constant(1f)]);
        }

        return rowWeight is null ? w : w is null ? g.Add("ExpandLike", Rows.Weights(g, rowWeight, labels), labels) : g.Add("Mul", w, Rows.Weights(g, rowWeight, labels));
    }

    /// <summary>The part of the loss that all classes share: -(smoothing / classes) times the weighted sum of the log-softmax.</summary>
    private Value Smooth(GraphBuilder g, Value prediction, Value labels, long classes)
    {
        Value logs = WeightedLogs(g, prediction, classes);
        Value sum = g.Add("Mul", g.Add("ReduceSum", logs, g.Constant(1L), ("keepdims", 0)), g.Constant((float)(-_smoothing / classes)));
        return ignoreIndex is not { } ignored ? sum : g.Add("Where", [Ignored(g, labels, ignored), g.Constant(0f), sum]);
    }

    /// <summary>Losses (N, ...) against distributions (N, classes, ...).</summary>
    private Value Soft(GraphBuilder g, Value prediction, Value target, long classes)
    {
        if (!target.Shape.Equals(prediction.Shape) || ignoreIndex is not null)
        {
            throw new GraphException($"[crossEntropy] logits have shape {prediction.Shape}, the float32 target {target.Shape}; distributions have the logits' shape and no ignoreIndex: give int64 labels, or mend the target");
        }

        Value t = _smoothing == 0 ? target : g.Add("Add", g.Add("Mul", target, g.Constant((float)(1 - _smoothing))), g.Constant((float)(_smoothing / classes)));
        return g.Add("Neg", g.Add("ReduceSum", g.Add("Mul", WeightedLogs(g, prediction, classes), t), g.Constant(1L), ("keepdims", 0)));
    }

    private Value WeightedLogs(GraphBuilder g, Value prediction, long classes)
    {
        Value logs = g.Add("LogSoftmax", prediction, ("axis", 1));
        if (classWeights is null)
        {
            return logs;
        }

        var shape = new long[prediction.Shape.Rank - 1];
        Array.Fill(shape, 1);
        shape[0] = classes;
        return g.Add("Mul", logs, ClassWeights(g, shape));
    }

    private static Value Ignored(GraphBuilder g, Value labels, long ignored) => g.Add("Equal", labels, g.Constant(Tensor.Scalar(ignored)));

    private Value ClassWeights(GraphBuilder g, params ReadOnlySpan<long> shape) =>
        g.Constant(Tensor.From<float>(new Shape(shape), [.. classWeights!.Select(w => (float)w)]));
}
