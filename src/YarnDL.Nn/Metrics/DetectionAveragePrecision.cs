using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// Mean average precision of detected boxes at one overlap. Predictions (d, 7): image, class, score, x1, y1, x2, y2; targets (g, 7): image, class, x1, y1, x2, y2, difficult.
/// By falling score a detection takes the box of its image and class that it overlaps most: above the limit it is right if the box is free, neutral if the box is
/// difficult, else wrong. An image's boxes belong into one part. Everingham and others, 2010; Lin and others, 2014.
/// </summary>
/// <param name="classes">Classes are 0..classes-1; those without a box are left out of the mean.</param>
/// <param name="overlap">Intersection over union that must be exceeded.</param>
/// <param name="points">Interpolation: 11 (VOC 2007) or 101 (COCO) recall levels, 0: the area under the interpolated curve (VOC 2010).</param>
public sealed class DetectionAveragePrecision(int classes, double overlap = 0.5, int points = 0) : Metric
{
    private const int Stride = 8;

    private readonly int _classes = classes >= 1 ? classes : throw new SpecException($"[detectionMap] classes is {classes}; it must be at least 1", "classes");
    private readonly int _points = points is 0 or 11 or 101 ? points : throw new SpecException($"[detectionMap] points is {points}; it must be 0, 11 or 101", "points");

    public override Spec Spec => new("detectionMap", new() { ["classes"] = _classes, ["overlap"] = overlap, ["points"] = _points });

    /// <summary>The list holds all boxes: 0 (target) or 1 (detection) and their 7 numbers.</summary>
    public override MetricValue Empty => Sums();

    public override MetricValue Measure(TensorView prediction, TensorView target, TensorView weight)
    {
        var list = new List<double>();
        Add(target, 0, list);
        Add(prediction, 1, list);
        return new([], [.. list]);
    }

    public override double Result(MetricValue value)
    {
        double sum = 0;
        int present = 0;
        foreach (double precision in PerClass(value))
        {
            sum += precision < 0 ? 0 : precision;
            present += precision < 0 ? 0 : 1;
        }

        return present == 0 ? double.NaN : sum / present;
    }

    /// <summary>The average precision of each class; -1 for one without boxes.</summary>
    public double[] PerClass(MetricValue value)
    {
        var result = new double[_classes];
        for (int c = 0; c < _classes; c++)
        {
            result[c] = Of(value.List, c);
        }

        return result;
    }

    private static unsafe void Add(TensorView boxes, double kind, List<double> list)
    {
        if (boxes.DType != DType.Float32 || boxes.Shape.Rank != 2 || boxes.Shape[1] != Stride - 1)
        {
            throw new ArgumentException($"[detectionMap] boxes are {boxes.DType}{boxes.Shape}; they must be float32 (n, 7)");
        }

        for (long i = 0; i < boxes.Count; i++)
        {
            if (i % (Stride - 1) == 0)
            {
                list.Add(kind);
            }

            list.Add(boxes.F32[i]);
        }
    }

    private double Of(double[] list, int c)
    {
        var targets = new List<int>();
        var found = new List<int>();
        for (int at = 0; at < list.Length; at += Stride)
        {
            if (list[at + 2] == c)
            {
                (list[at] == 0 ? targets : found).Add(at);
            }
        }

        double boxes = 0;
        foreach (int t in targets)
        {
            boxes += list[t + 7] == 0 ? 1 : 0;
        }

        if (boxes == 0)
        {
            return -1;
        }

        found.Sort((a, b) => list[a + 3] != list[b + 3] ? list[b + 3].CompareTo(list[a + 3]) : a.CompareTo(b));
        var taken = new HashSet<int>();
        var recall = new List<double>();
        var precision = new List<double>();
        double right = 0;
        double wrong = 0;
        foreach (int d in found)
        {
            int best = -1;
            double most = 0;
            foreach (int t in targets)
            {
                double o = list[t + 1] == list[d + 1] ? Overlap(list.AsSpan(t + 3, 4), list.AsSpan(d + 4, 4)) : 0;
                (best, most) = o > most ? (t, o) : (best, most);
            }

            bool hit = most > overlap;
            if (hit && list[best + 7] != 0)
            {
                continue;
            }

            hit = hit && taken.Add(best);
            right += hit ? 1 : 0;
            wrong += hit ? 0 : 1;
            recall.Add(right / boxes);
            precision.Add(right / (right + wrong));
        }

        return Average(recall, precision);
    }

    private double Average(List<double> recall, List<double> precision)
    {
        for (int i = precision.Count - 2; i >= 0; i--)
        {
            precision[i] = Math.Max(precision[i], precision[i + 1]);
        }

        double sum = 0;
        for (int i = 0; _points == 0 && i < recall.Count; i++)
        {
            sum += (recall[i] - (i == 0 ? 0 : recall[i - 1])) * precision[i];
        }

        for (int level = 0; level < _points; level++)
        {
            int first = recall.FindIndex(r => r >= ((double)level / (_points - 1)) - 1e-9);
            sum += first < 0 ? 0 : precision[first] / _points;
        }

        return sum;
    }

    private static double Overlap(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double width = Math.Min(a[2], b[2]) - Math.Max(a[0], b[0]);
        double height = Math.Min(a[3], b[3]) - Math.Max(a[1], b[1]);
        if (width <= 0 || height <= 0)
        {
            return 0;
        }

        double both = width * height;
        return both / (((a[2] - a[0]) * (a[3] - a[1])) + ((b[2] - b[0]) * (b[3] - b[1])) - both);
    }
}
