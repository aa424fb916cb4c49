using System.Globalization;
using System.Text.RegularExpressions;
using YarnDL.Data.Encoding;
using YarnDL.Tensors;
using YarnDL.Testing;
using YarnDL.Training.Steps;

namespace YarnDL.Training.Tests.Golden;

/// <summary>The rows of a reference run as its manifest describes them: inputs of the network, and a target.</summary>
internal sealed partial class GoldenRows
{
    private readonly GoldenCase _case;
    private readonly string _how;
    private readonly List<EncodedColumn> _columns = [];
    private readonly List<Tensor> _pool = [];

    public GoldenRows(GoldenCase c)
    {
        _case = c;
        _how = c.Json.GetProperty("preprocessing").GetString()!;
        switch (c.Name)
        {
            case "text_cnn" or "transformer_classifier":
                Longs("ids");
                break;
            case "neumf":
                Longs("user");
                Longs("item");
                break;
            case "wide_and_deep":
                Longs("categories");
                Longs("cross");
                GoldenTensor numbers = c.Inputs["numbers"];
                Add("numbers", Tensor.From<float>(new Shape(numbers.Shape), numbers.Floats()));
                break;
            case "lstm_regressor":
                Windows();
                break;
            default:
                Images();
                break;
        }

        Inputs = [.. _columns.Where(x => x.Name != "target").Select(x => x.Name)];
        if (c.Inputs.TryGetValue("labels", out GoldenTensor? labels))
        {
            Shape shape = new(Rows);
            bool numbers = c.Name is "neumf" or "wide_and_deep";
            Add("target", numbers ? Tensor.From<float>(shape, labels.Floats().AsSpan(0, (int)Rows)) : Tensor.From<long>(shape, labels.Longs().AsSpan(0, (int)Rows)));
        }
    }

    public IReadOnlyList<EncodedColumn> Columns => _columns;

    /// <summary>Columns that feed the network, in its order.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>What the network learns to say: labels, or the images themselves.</summary>
    public string Target => _columns.Any(c => c.Name == "target") ? "target" : "image";

    /// <summary>The batches of the run.</summary>
    public ExplicitRows Train(int shards)
    {
        GoldenTensor order = _case.Inputs["order"];
        int batch = (int)order.Shape[1];
        long[] rows = order.Longs();
        return new ExplicitRows(_columns, _pool, [.. Enumerable.Range(0, (int)order.Shape[0]).Select(s => Ints(rows.AsSpan(s * batch, batch)))], shards);
    }

    /// <summary>The rows that the trained network is measured on.</summary>
    public ExplicitRows Measured(int shards)
    {
        long[] rows = _case.Inputs["eval_rows"].Longs();
        int batch = (int)_case.Inputs["order"].Shape[1];
        return new ExplicitRows(_columns, _pool, [.. rows.Chunk(batch).Select(b => Ints(b))], shards);
    }

    private long Rows => _pool[0].Shape[0];

    private static int[] Ints(ReadOnlySpan<long> rows) => Array.ConvertAll(rows.ToArray(), r => checked((int)r));

    private void Add(string name, Tensor values)
    {
        _columns.Add(new EncodedColumn(name, values.DType, new Shape(values.Shape.Dims[1..])));
        _pool.Add(values);
    }

    private void Longs(string input)
    {
        GoldenTensor t = _case.Inputs[input];
        Add(input, Tensor.From<long>(new Shape(t.Shape), t.Longs()));
    }

    /// <summary>Windows of a series, and the value after each.</summary>
    private void Windows()
    {
        float[] z = _case.Inputs["series"].Floats();
        int length = int.Parse(Window().Match(_how).Groups[1].Value, CultureInfo.InvariantCulture) + 1;
        int rows = z.Length - length;
        var x = new Tensor(DType.Float32, new Shape(rows, length, 1));
        for (int k = 0; k < rows; k++)
        {
            z.AsSpan(k, length).CopyTo(x.Span<float>()[(k * length)..]);
        }

        Add("window", x);
        Add("target", Tensor.From<float>(new Shape(rows, 1), z.AsSpan(length)));
    }

    private void Images()
    {
        byte[] pixels = Digits.Pixels();
        int first = int.Parse(FirstImage().Match(_how).Groups[1].Value, CultureInfo.InvariantCulture);
        int count = int.Parse(LastImage().Match(_how).Groups[1].Value, CultureInfo.InvariantCulture) + 1 - first;
        ReadOnlySpan<byte> mine = pixels.AsSpan(first * 784, count * 784);
        if (_case.Name == "resnet_bn")
        {
            Match m = Blocks().Match(_how);
            Add("image", Sums(mine, count, Number(m, 1), Number(m, 2), Number(m, 3)));
            return;
        }

        bool normalised = _case.Name is "mlp" or "lenet5";
        var images = new Tensor(DType.Float32, _case.Name == "lenet5" ? new Shape(count, 1, 28, 28) : new Shape(count, 784));
        Span<float> x = images.Span<float>();
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = normalised ? ((mine[i] / 255f) - 0.1307f) / 0.3081f : mine[i] / 255f;
        }

        Add("image", images);
    }

    /// <summary>Rows and columns from .. to in blocks, each the sum of its pixels over the largest possible.</summary>
    private static Tensor Sums(ReadOnlySpan<byte> pixels, int count, int from, int to, int block)
    {
        int side = (to - from + 1) / block;
        var images = new Tensor(DType.Float32, new Shape(count, 1, side, side));
        Span<float> x = images.Span<float>();
        for (int i = 0; i < x.Length; i++)
        {
            int image = i / (side * side), row = i / side % side, column = i % side, sum = 0;
            for (int p = 0; p < block * block; p++)
            {
                sum += pixels[(image * 784) + ((from + (row * block) + (p / block)) * 28) + from + (column * block) + (p % block)];
            }

            x[i] = sum / (255f * block * block);
        }

        return images;
    }

    private static int Number(Match m, int group) => int.Parse(m.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"k\.\.k\+(\d+)")]
    private static partial Regex Window();

    [GeneratedRegex(@"images (\d+)\.\.")]
    private static partial Regex FirstImage();

    [GeneratedRegex(@"images \d+\.\.(\d+)")]
    private static partial Regex LastImage();

    [GeneratedRegex(@"columns (\d+)\.\.(\d+), (\d+)x")]
    private static partial Regex Blocks();
}
