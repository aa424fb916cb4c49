using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>What metrics read: rows of float32 predictions, labels of either integer type, optional row weights.</summary>
internal readonly unsafe ref struct MetricRows
{
    private readonly TensorView _target;
    private readonly TensorView _weight;

    public MetricRows(string metric, TensorView prediction, TensorView target, TensorView weight)
    {
        if (prediction.DType != DType.Float32 || prediction.Shape.Rank < 1)
        {
            throw new ArgumentException($"[{metric}] the prediction is {prediction.DType}{prediction.Shape}; it must be float32 (n, ...)");
        }

        Rows = prediction.Shape[0];
        if (!target.IsEmpty && (target.Shape.Rank < 1 || target.Shape[0] != Rows))
        {
            throw new ArgumentException($"[{metric}] the target has shape {target.Shape}, the prediction {prediction.Shape}; both need the same number of rows");
        }

        Width = prediction.Shape.CountFrom(1);
        Predictions = new ReadOnlySpan<float>(prediction.Data, checked((int)prediction.Count));
        _target = target;
        _weight = weight;
    }

    public long Rows { get; }

    /// <summary>Elements of one row of predictions.</summary>
    public long Width { get; }

    public ReadOnlySpan<float> Predictions { get; }

    public ReadOnlySpan<float> Prediction(long row) => Predictions.Slice((int)(row * Width), (int)Width);

    public double Weight(long row) => _weight.IsEmpty ? 1 : _weight.F32[row];

    public long Label(long row) => _target.DType switch
    {
        DType.Int64 => _target.I64[row],
        DType.Int32 => _target.I32[row],
        DType.Float32 when _target.Count == Rows && _target.F32[row] == (long)_target.F32[row] => (long)_target.F32[row],
        _ => throw new ArgumentException($"[metric] the target is {_target.DType}; labels are int64, int32 or whole float32 numbers, one per row"),
    };

    public ReadOnlySpan<float> Target(long row) => _target.DType == DType.Float32 && _target.Count == Rows * Width
        ? new ReadOnlySpan<float>(_target.F32 + (row * Width), (int)Width)
        : throw new ArgumentException($"[metric] the target is {_target.DType}{_target.Shape}; it must be float32 with {Width} elements per row");

    /// <summary>The first of the largest scores.</summary>
    public static int Best(ReadOnlySpan<float> scores)
    {
        int best = 0;
        for (int c = 1; c < scores.Length; c++)
        {
            best = scores[c] > scores[best] ? c : best;
        }

        return best;
    }
}
