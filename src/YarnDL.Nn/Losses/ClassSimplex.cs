using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// The mean squared distance of (N, classes) from the label's vertex of a regular simplex: unit vectors in classes - 1 dimensions, all equally far apart, and a zero
/// column. The mean over all elements. Torch7's ClassSimplexCriterion.
/// </summary>
public sealed class ClassSimplex(long classes) : TermLoss
{
    private readonly long _classes = classes is >= 2 and <= 4096 ? classes : throw new SpecException($"[classSimplex] classes is {classes}; it must be in 2..4096", "classes");

    public override bool JudgesClasses => true;

    public override Spec Spec => new("classSimplex", new() { ["classes"] = _classes });

    public override LossTerms Each => LossTerms.Rows;

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 1);
        Term vertex = new(g, g.Add("Gather", new Term(g, targets[0]).Constant(new Shape(_classes, _classes), Simplex(_classes)).Value, targets[0]));
        return ((new Term(g, predictions[0]) - vertex).Squared() / _classes).Value;
    }

    /// <summary>The vertices, (classes, classes) with a last column of zeros.</summary>
    public static double[] Simplex(long classes)
    {
        long n = classes - 1;
        var a = new double[classes * classes];
        for (long k = 0; k < n; k++)
        {
            double square = 0;
            for (long c = 0; c < k; c++)
            {
                square += a[(k * classes) + c] * a[(k * classes) + c];
            }

            double own = Math.Sqrt(1 - square);
            a[(k * classes) + k] = own;
            for (long i = k + 1; i < classes; i++)
            {
                a[(i * classes) + k] = ((own * own) - 1 - (1.0 / n)) / own;
            }
        }

        return a;
    }
}
