using YarnDL.Tensors;
using YarnDL.Testing;

namespace YarnDL.Nn.Tests;

/// <summary>Validation methods; every case also cut in two and merged.</summary>
public sealed class Golden_metrics
{
    [Fact]
    public void Values_agree_whole_and_merged() => Golden.RunAll("metrics", Run, atLeast: 12);

    private static bool Run(GoldenCase c)
    {
        switch (c.Op)
        {
            case "Top1Accuracy":
                Check(c, new Accuracy(), "scores", "labels");
                return true;
            case "TopKAccuracy":
                Check(c, new TopKAccuracy((int)c.Int("k")), "scores", "labels");
                return true;
            case "ConfusionMatrix":
                var confusion = new ConfusionMatrix((int)c.Int("num_classes"));
                long[] predicted = c.Inputs["predictions"].Longs();
                var scores = new float[predicted.Length * c.Int("num_classes")];
                for (int r = 0; r < predicted.Length; r++)
                {
                    scores[(r * c.Int("num_classes")) + predicted[r]] = 1;
                }

                MetricValue counts = Measure(confusion, Tensor.From<float>(new Shape(predicted.Length, c.Int("num_classes")), scores), Labels(c), null);
                c.Outputs["matrix"].AssertClose("matrix", confusion.Matrix(counts).Cast<double>().ToArray(), 0, 0);
                return true;
            case "RegressionMetrics":
                Regression(c, new MeanAbsoluteError(), "mae");
                Regression(c, new MeanSquaredError(), "mse");
                Regression(c, new MeanSquaredError(root: true), "rmse");
                return true;
            case "Loss":
                Tensor losses = Float(c.Inputs["batch_loss"]);
                MetricValue loss = Measure(new MeanLoss(), losses, losses, Float(c.Inputs["batch_size"]));
                c.Outputs["value"].AssertClose("loss", [new MeanLoss().Result(loss)], c.Rtol, c.Atol);
                return true;
            default:
                return false;
        }
    }

    private static void Check(GoldenCase c, Metric metric, string prediction, string labels)
    {
        MetricValue v = Measure(metric, Float(c.Inputs[prediction]), Labels(c, labels), null);
        c.Outputs["correct"].AssertClose("correct", [v.Sums[0]], 0, 0);
        c.Outputs["count"].AssertClose("count", [v.Sums[1]], 0, 0);
        if (c.Outputs.TryGetValue("value", out GoldenTensor? value))
        {
            value.AssertClose("value", [metric.Result(v)], c.Rtol, c.Atol);
        }
    }

    private static void Regression(GoldenCase c, Metric metric, string output)
    {
        MetricValue v = Measure(metric, Float(c.Inputs["prediction"]), Float(c.Inputs["target"]), null);
        c.Outputs[output].AssertClose(output, [metric.Result(v)], c.Rtol, c.Atol);
    }

    private static Tensor Labels(GoldenCase c, string name = "labels") => Tensor.From<long>(new Shape(c.Inputs[name].Shape), c.Inputs[name].Longs());

    private static Tensor Float(GoldenTensor t) => Tensor.From<float>(new Shape(t.Shape), t.Floats());

    /// <summary>Measures all rows, and the rows in two parts merged; both must give the same number. The metric must survive its spec.</summary>
    private static unsafe MetricValue Measure(Metric metric, Tensor prediction, Tensor target, Tensor? weight)
    {
        metric = Metric.From(Spec.FromJson(metric.Spec.ToJson()));
        long n = prediction.Shape[0];
        MetricValue whole = metric.Measure(prediction.View, target.View, weight?.View ?? default);
        MetricValue merged = metric.Empty;
        foreach ((long from, long to) in (ReadOnlySpan<(long, long)>)[(0, n / 2), (n / 2, n)])
        {
            merged = MetricValue.Merge(merged, metric.Measure(Part(prediction, from, to), Part(target, from, to), weight is null ? default : Part(weight, from, to)));
        }

        Assert.Equal(metric.Result(whole), metric.Result(merged), 1e-12);
        GC.KeepAlive(prediction);
        GC.KeepAlive(target);
        GC.KeepAlive(weight);
        return whole;
    }

    private static unsafe TensorView Part(Tensor t, long from, long to) => new((byte*)t.View.Data + (from * t.Shape.CountFrom(1) * t.DType.Size()), t.DType,
        new Shape([to - from, .. t.Shape.Dims[1..]]));
}
