using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// max(0, margin + d(a, p) - d(a, n)), predictions: anchor a, positive p, negative n (N, features); d(a, b) = (sum of |a - b + epsilon|^power)^(1 / power); with swap the negative
/// distance is the smaller of d(a, n) and d(p, n); the target only counts rows; the mean over the rows. Balntas and others, 2016.
/// </summary>
public sealed class TripletMargin(double margin = 1, double power = 2, bool swap = false, double epsilon = 1e-6) : TermLoss
{
    private readonly double _power = Positive("triplet", "power", power);
    private readonly double _epsilon = Positive("triplet", "epsilon", epsilon);

    public override Spec Spec => new("triplet", new() { ["margin"] = margin, ["power"] = _power, ["swap"] = swap, ["epsilon"] = _epsilon });

    public override LossTerms Each => LossTerms.Rows;

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 3, 3);
        Expect(targets, "targets", 1, 1);
        Term a = new(g, predictions[0]);
        Term p = new(g, predictions[1]);
        Term n = new(g, predictions[2]);
        Term negative = Distance(a, n);
        negative = swap ? negative.With("Min", Distance(p, n)) : negative;
        return (Distance(a, p) - negative + margin).Relu().Value;
    }

    private Term Distance(Term a, Term b)
    {
        Term size = (a - b + _epsilon).Abs();
        Term sum = size.Pow(_power).Sum(-1);
        return _power == 1 ? sum : _power == 2 ? sum.Of("Sqrt") : sum.Pow(1 / _power);
    }
}
