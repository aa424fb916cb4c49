using YarnDL.Data.Rows;
using YarnDL.Tensors;

namespace YarnDL.Training.Scoring;

/// <summary>One column of predictions: which output of the program it is made of, and how.</summary>
/// <param name="Field">Its name and type in the predictions.</param>
/// <param name="Output">The output of the program.</param>
/// <param name="Append">Appends row r of the output.</param>
internal sealed record PredictionColumn(Field Field, string Output, Action<ColumnBuilder, TensorView, int> Append)
{
    /// <summary>The name (or number) of the class with the largest score; of equal scores the first.</summary>
    public static PredictionColumn Class(string output, Classes classes) => classes.AreNames
        ? new(new Field("class", ColumnType.Text), output, (b, v, r) => b.AppendText(classes.Names[Best(Row(v, r))]))
        : new(new Field("class", ColumnType.Int64), output, (b, v, r) => b.Append((long)Best(Row(v, r))));

    /// <summary>The largest of a row's values.</summary>
    public static PredictionColumn Largest(string name, string output) =>
        new(new Field(name, ColumnType.Float32), output, (b, v, r) => b.Append(Row(v, r)[Best(Row(v, r))]));

    /// <summary>A value as it is: one number, or a list of a row's elements in row-major order.</summary>
    public static PredictionColumn Value(string name, string output, DType type, bool isScalar)
    {
        ColumnType element = type switch
        {
            DType.Float32 => ColumnType.Float32,
            DType.Int64 => ColumnType.Int64,
            DType.Int32 => ColumnType.Int32,
            DType.Bool => ColumnType.Bool,
            _ => throw new TrainingException(TrainingFault.Job, $"[score] value {output} is {type}; float32, int32, int64 and bool can be written"),
        };
        return isScalar
            ? new(new Field(name, element), output, (b, v, r) => b.AppendRaw(Bytes(v, r)))
            : new(new Field(name, ColumnType.List, [new Field("element", element)]), output, (b, v, r) =>
            {
                b.Child(0).AppendRaw(Bytes(v, r));
                b.Close();
            });
    }

    private static int Best(ReadOnlySpan<float> scores)
    {
        int best = 0;
        for (int c = 1; c < scores.Length; c++)
        {
            best = scores[c] > scores[best] ? c : best;
        }

        return best;
    }

    private static unsafe ReadOnlySpan<float> Row(TensorView v, int row)
    {
        int width = (int)v.Shape.CountFrom(1);
        return new ReadOnlySpan<float>(v.F32 + ((long)row * width), width);
    }

    private static unsafe ReadOnlySpan<byte> Bytes(TensorView v, int row)
    {
        int width = checked((int)(v.Shape.CountFrom(1) * v.DType.Size()));
        return new ReadOnlySpan<byte>((byte*)v.Data + ((long)row * width), width);
    }
}
