using System.Text.Json.Nodes;
using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// Softmax cross entropy of logits (N, classes, ...) against int64 labels (N, ...): sum of w[label]·(-log softmax(x)[label]) over the sum of w[label],
/// PyTorch's mean. Labels equal to the ignored index count in neither.
/// </summary>
public sealed class CrossEntropy(IReadOnlyList<double>? classWeights = null, long? ignoreIndex = null, double labelSmoothing = 0) : Loss
{
    private readonly double _smoothing = labelSmoothing is >= 0 and < 1 ? labelSmoothing
        : throw new SpecException($"[crossEntropy] labelSmoothing is {labelSmoothing}; it must be at least 0 and less than 1", "labelSmoothing");

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

    public override Value Numerator(GraphBuilder g, Value prediction, Value target, Value? rowWeight) => throw new NotImplementedException();

    public override Value Denominator(GraphBuilder g, Value target, Value? rowWeight) => throw new NotImplementedException();
}
