using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// Connectionist temporal classification of logits (N, steps, classes); targets: labels (N, places), steps of each row (N), labels of each row (N), all int64. The
/// negative log-probability of all paths that give the labels when repeats are merged and blanks dropped, divided by the number of labels; the mean over the rows.
/// Graves and others, 2006.
/// </summary>
/// <param name="blank">The class that stands for no label.</param>
/// <param name="zeroInfinity">Rows that cannot give their labels count 0, without gradient; else the loss is infinite.</param>
/// <param name="perLabel">Whether a row's loss is divided by its number of labels.</param>
public sealed class ConnectionistTemporal(long blank = 0, bool zeroInfinity = false, bool perLabel = true) : TermLoss
{
    // The logarithm of nothing: far below any path, and finite, so that differences of two of them are numbers.
    private const double Never = -1e30;

    public override Spec Spec => new("ctc", new() { ["blank"] = blank, ["zeroInfinity"] = zeroInfinity, ["perLabel"] = perLabel });

    public override LossTerms Each => LossTerms.Rows;

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 3, 3);
        long steps = predictions[0].Shape[1].Factor;
        long places = targets[0].Shape[1].Factor;
        long classes = predictions[0].Shape[2].Factor;
        Term logs = new(g, g.Add("LogSoftmax", predictions[0], ("axis", 2)));
        Term labels = new(g, targets[0]);
        Term lengths = new Term(g, targets[1]).Unsqueezed(1);
        Term counts = new(g, targets[2]);

        // What each step gives to each place: (N, steps, places), and to blanks: (N, steps, 1).
        Term pick = new(g, g.Add("Transpose", labels.OneHot(classes, 2).Float().Value, ("perm", new long[] { 0, 2, 1 })));
        Term given = new(g, g.Add("MatMul", logs.Value, pick.Value));
        Term silent = logs.Slice(2, blank, blank + 1);

        // A label may follow the one before without a blank unless they are equal. The first has none before.
        Term repeated = labels.Slice(1, 1, places).With("Equal", labels.Slice(1, 0, places - 1));
        Term never = Term.If(labels.Slice(1, 0, 1).With("Equal", labels.Slice(1, 0, 1)), labels.Number(Never), labels.Number(0));
        Term first = labels.Constant(new Shape(1, places), First(places, 0));
        Term firstBlank = labels.Constant(new Shape(1, places + 1), First(places + 1, 0));

        // The state: paths that end at label k, and paths that end at the blank before label k (or after the last).
        Term label = At(given, 0) + first;
        Term gap = At(silent, 0) + firstBlank;
        for (long t = 1; t < steps; t++)
        {
            Term skipped = places == 1 ? never : Join(never, Term.If(repeated, labels.Number(Never), label.Slice(1, 0, places - 1)));
            Term nextLabel = Sum(Sum(label, gap.Slice(1, 0, places)), skipped) + At(given, t);
            Term nextGap = Sum(gap, Join(never, label)) + At(silent, t);
            Term goesOn = lengths.With("Greater", lengths.Constant(t));
            label = Term.If(goesOn, nextLabel, label);
            gap = Term.If(goesOn, nextGap, gap);
        }

        Term atLabel = Picked(label, counts - counts.Constant(1), places);
        Term atGap = Picked(gap, counts, places + 1);
        Term some = counts.With("Greater", counts.Constant(0));
        Term loss = -Sum(Term.If(some, atLabel, atLabel.Number(Never)), atGap);
        Term impossible = loss.With("Greater", -Never / 10);
        loss = Term.If(impossible, loss.Number(zeroInfinity ? 0 : double.PositiveInfinity), loss);
        return (perLabel ? loss / counts.Float().AtLeast(1) : loss).Value;

        Term Join(Term a, Term b) => new(g, g.Add("Concat", a.Value, b.Value, ("axis", 1)));
    }

    /// <summary>One step of (N, steps, places), as (N, places).</summary>
    private static Term At(Term x, long step) => x.Slice(1, step, step + 1).Sum(1);

    /// <summary>log(exp a + exp b), from the larger one so that nothing is lost.</summary>
    private static Term Sum(Term a, Term b)
    {
        Term larger = a.With("GreaterOrEqual", b);
        Term high = Term.If(larger, a, b);
        return high + (Term.If(larger, b, a) - high).Softplus();
    }

    /// <summary>The state at a place that differs from row to row, (N).</summary>
    private static Term Picked(Term state, Term place, long count) => Term.If(place.OneHot(count, 1), state, state.Number(0)).Sum(1);

    private static double[] First(long count, double value)
    {
        var all = new double[count];
        Array.Fill(all, Never);
        all[0] = value;
        return all;
    }
}
