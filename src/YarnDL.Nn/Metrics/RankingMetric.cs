using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// The mean over lists of how well their items are ranked. Scores (n, items); target (n): the one relevant item, whose rank is the number of better scores; or (n, items):
/// the relevance of each item, float32 or int64, where items of equal score keep their order.
/// </summary>
public abstract class RankingMetric : Metric
{
    private readonly string _area;

    private protected RankingMetric(string area) => _area = area;

    public sealed override MetricValue Empty => Sums(0, 0);

    public sealed override MetricValue Measure(TensorView prediction, TensorView target, TensorView weight)
    {
        double[] lists = PerList(prediction, target);
        var rows = new MetricRows(_area, prediction, target, weight);
        double sum = 0;
        double count = 0;
        for (int r = 0; r < lists.Length; r++)
        {
            sum += rows.Weight(r) * lists[r];
            count += rows.Weight(r);
        }

        return Sums(sum, count);
    }

    public sealed override double Result(MetricValue value) => Mean(value);

    /// <summary>The measure of each list.</summary>
    public double[] PerList(TensorView prediction, TensorView target)
    {
        var rows = new MetricRows(_area, prediction, target, default);
        int items = (int)rows.Width;
        bool graded = target.Count == rows.Rows * items && target.Shape.Rank == prediction.Shape.Rank;
        if (!graded && target.Count != rows.Rows)
        {
            throw new ArgumentException($"[{_area}] the target has shape {target.Shape}, the scores {prediction.Shape}; it must be (n), the relevant item, or the relevance of each item");
        }

        var lists = new double[rows.Rows];
        var relevance = new double[items];
        for (int r = 0; r < lists.Length; r++)
        {
            ReadOnlySpan<float> scores = rows.Prediction(r);
            if (graded)
            {
                Sorted(scores, target, (long)r * items, relevance);
            }
            else
            {
                Array.Clear(relevance);
                relevance[Rank(scores, rows.Label(r))] = 1;
            }

            lists[r] = Of(relevance);
        }

        return lists;
    }

    /// <summary>The measure of one list.</summary>
    /// <param name="relevance">Of the items, best score first.</param>
    private protected abstract double Of(ReadOnlySpan<double> relevance);

    private int Rank(ReadOnlySpan<float> scores, long item)
    {
        if (item < 0 || item >= scores.Length)
        {
            throw new ArgumentException($"[{_area}] the relevant item is {item}; items are 0..{scores.Length - 1}");
        }

        int better = 0;
        foreach (float s in scores)
        {
            better += s > scores[(int)item] ? 1 : 0;
        }

        return better;
    }

    private static unsafe void Sorted(ReadOnlySpan<float> scores, TensorView target, long from, double[] relevance)
    {
        var order = new int[scores.Length];
        float[] keys = scores.ToArray();
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (a, b) => keys[a] != keys[b] ? keys[b].CompareTo(keys[a]) : a.CompareTo(b));
        for (int i = 0; i < order.Length; i++)
        {
            relevance[i] = target.DType == DType.Float32 ? target.F32[from + order[i]] : target.DType == DType.Int32 ? target.I32[from + order[i]] : target.I64[from + order[i]];
        }
    }
}
