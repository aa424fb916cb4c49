using System.Text.Json.Nodes;
using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>-w[label]·x[label] of log-probabilities x (N, classes, ...) and labels (N, ...), over the sum of w[label]; the ignored label counts in neither.</summary>
public sealed class NegativeLogLikelihood(IReadOnlyList<double>? classWeights = null, long? ignoreIndex = null) : TermLoss
{
    public override bool JudgesClasses => true;

    public override Spec Spec
    {
        get
        {
            var spec = new Spec("nll");
            if (classWeights is not null)
            {
                spec.Options["classWeights"] = new JsonArray([.. classWeights.Select(w => JsonValue.Create(w))]);
            }

            if (ignoreIndex is { } ignored)
            {
                spec.Options["ignoreIndex"] = ignored;
            }

            return spec;
        }
    }

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 1);
        Term x = new(g, predictions[0]);
        long classes = predictions[0].Shape[1].Factor;
        Term own = new Term(g, targets[0]).OneHot(classes, 1);
        if (classWeights is not null)
        {
            var shape = new long[predictions[0].Shape.Rank];
            Array.Fill(shape, 1);
            shape[1] = classes;
            x *= x.Constant(new Shape(shape), classWeights);
        }

        Term loss = -Term.If(own, x, x.Number(0)).Sum(1);
        return ignoreIndex is not { } ignored ? loss.Value : Term.If(Ignored(g, targets[0], ignored), loss.Number(0), loss).Value;
    }

    public override Value Denominator(GraphBuilder g, IReadOnlyList<Value> targets, Value? rowWeight) =>
        new CrossEntropy(classWeights, ignoreIndex).Denominator(g, targets[0], rowWeight);

    private static Term Ignored(GraphBuilder g, Value labels, long ignored)
    {
        Term t = new(g, labels);
        return t.With("Equal", t.Constant(ignored));
    }
}
