using YarnDL.Tensors;
using YarnDL.Testing;

namespace YarnDL.Nn.Tests;

/// <summary>Validation methods; every case also cut in two and merged.</summary>
public sealed class Golden_metrics
{
    [Fact]
    public void Values_agree_whole_and_merged() => Golden.RunAll("metrics", Run);

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
                MetricValue counts = Measure(confusion, OneHot(c, (int)c.Int("num_classes")), Labels(c), null);
                c.Outputs["matrix"].AssertClose("matrix", confusion.Matrix(counts).Cast<double>().ToArray(), 0, 0);
                return true;
            case "RegressionMetrics":
                Regression(c, new MeanAbsoluteError(), "mae");
                Regression(c, new MeanSquaredError(), "mse");
                Regression(c, new MeanSquaredError(root: true), "rmse");
                Regression(c, new R2(), "r2");
                Regression(c, new PercentageError(), "mape");
                Regression(c, new PercentageError(symmetric: true), "smape");
                Regression(c, new MedianAbsoluteError(), "medae");
                Regression(c, new MaxError(), "max_error");
                Regression(c, new ExplainedVariance(), "explained_variance");
                return true;
            case "Loss":
                Tensor losses = Float(c.Inputs["batch_loss"]);
                MetricValue loss = Measure(new MeanLoss(), losses, losses, Float(c.Inputs["batch_size"]));
                c.Outputs["value"].AssertClose("loss", [new MeanLoss().Result(loss)], c.Rtol, c.Atol);
                return true;
            case "PrecisionRecallF1":
                foreach (string measure in (ReadOnlySpan<string>)["precision", "recall", "f1"])
                {
                    var score = new ClassScore(measure, Classes(c), average: c.Text("average") == "none" ? null : c.Text("average"));
                    MetricValue v = Measure(score, OneHot(c, Classes(c)), Labels(c), null);
                    c.Outputs[measure].AssertClose(measure, c.Text("average") == "none" ? score.PerClass(v) : [score.Result(v)], c.Rtol, c.Atol);
                    if (c.Outputs.TryGetValue("support", out GoldenTensor? support))
                    {
                        support.AssertClose("support", score.Support(v), 0, 0);
                    }
                }

                return true;
            case "FBeta":
                return Value(c, new ClassScore("fbeta", Classes(c), average: c.Text("average"), beta: c.Number("beta")), OneHot(c, Classes(c)), Labels(c));
            case "CohenKappa":
                return Value(c, new CohenKappa(Classes(c), weights: c.Text("weights", "none")), OneHot(c, Classes(c)), Labels(c));
            case "Matthews":
                return Value(c, new Matthews(Classes(c)), OneHot(c, Classes(c)), Labels(c));
            case "BalancedAccuracy":
                return Value(c, new BalancedAccuracy(Classes(c)), OneHot(c, Classes(c)), Labels(c));
            case "BinaryMetrics":
                Binary(c);
                return true;
            case "LogLoss":
                return Value(c, new LogLoss(), Float(c.Inputs[c.Has("binary") ? "scores" : "probabilities"]), Labels(c));
            case "Perplexity":
                return Value(c, new Perplexity(c.Int("ignore_index")), Float(c.Inputs["logits"]), Labels(c), v => c.Outputs["tokens"].AssertClose("tokens", [v.Sums[1]], 0, 0));
            case "ROCAUC":
                var auc = new RocAuc(c.Inputs["scores"].Shape.Length == 1 ? 1 : (int)c.Inputs["scores"].Shape[1]);
                return Value(c, auc, Float(c.Inputs["scores"]), Labels(c), v =>
                {
                    if (c.Outputs.TryGetValue("fpr", out GoldenTensor? wrong))
                    {
                        wrong.AssertClose("false positive rates", auc.Curve(v).FalsePositiveRates, c.Rtol, c.Atol);
                        c.Outputs["tpr"].AssertClose("true positive rates", auc.Curve(v).TruePositiveRates, c.Rtol, c.Atol);
                    }
                });
            case "PRAUC":
                Value(c, new PrecisionRecallAuc(), Float(c.Inputs["scores"]), Labels(c), output: "average_precision");
                return Value(c, new PrecisionRecallAuc(trapezoid: true), Float(c.Inputs["scores"]), Labels(c), output: "trapezoid");
            case "Brier":
                return Value(c, new Brier(), Float(c.Inputs["scores"]), Labels(c));
            case "Pearson":
                return Value(c, new Pearson(), Float(c.Inputs["x"]), Float(c.Inputs["y"]));
            case "Spearman":
                return Value(c, new Spearman(), Float(c.Inputs["x"]), Float(c.Inputs["y"]));
            case "KendallTau":
                return Value(c, new KendallTau(), Float(c.Inputs["x"]), Float(c.Inputs["y"]));
            case "HitRatio":
                return Ranking(c, new HitRatio((int)c.Int("k")));
            case "NDCG":
                return Ranking(c, new Ndcg((int)c.Int("k"), c.Text("gain") == "2^rel-1"));
            case "MRR":
                return Ranking(c, new Mrr());
            case "MAP":
                return Ranking(c, new MeanAveragePrecision(c.Number("relevant_if_greater_than")));
            case "MeanAveragePrecisionObjectDetection":
                Detection(c);
                return true;
            default:
                return false;
        }
    }

    private static bool Value(GoldenCase c, Metric metric, Tensor prediction, Tensor target, Action<MetricValue>? more = null, string output = "value")
    {
        MetricValue v = Measure(metric, prediction, target, null);
        c.Outputs[output].AssertClose(output, [metric.Result(v)], c.Rtol, c.Atol);
        more?.Invoke(v);
        return true;
    }

    private static void Binary(GoldenCase c)
    {
        double threshold = c.Number("threshold");
        Tensor scores = Float(c.Inputs["scores"]);
        Value(c, new BinaryAccuracy(threshold), scores, Labels(c), v => c.Outputs["tn_fp_fn_tp"].AssertClose("tn_fp_fn_tp", v.Sums, 0, 0), "accuracy");
        foreach (string measure in (ReadOnlySpan<string>)["precision", "recall", "f1"])
        {
            Value(c, new ClassScore(measure, threshold: threshold), scores, Labels(c), output: measure);
        }

        Value(c, new Matthews(threshold: threshold), scores, Labels(c), output: "matthews");
        Value(c, new CohenKappa(threshold: threshold), scores, Labels(c), output: "kappa");
    }

    private static bool Ranking(GoldenCase c, RankingMetric metric)
    {
        Tensor scores = Float(c.Inputs["scores"]);
        Tensor target = Labels(c, c.Inputs.ContainsKey("relevance") ? "relevance" : "positive");
        if (c.Outputs.TryGetValue("per_list", out GoldenTensor? lists))
        {
            lists.AssertClose("per list", metric.PerList(scores.View, target.View), c.Rtol, c.Atol);
        }

        if (c.Outputs.TryGetValue("rank", out GoldenTensor? rank))
        {
            rank.AssertClose("rank", new Mrr().PerList(scores.View, target.View).Select(r => Math.Round((1 / r) - 1)).ToArray(), 0, 0);
        }

        return Value(c, metric, scores, target);
    }

    /// <summary>All boxes, and those of the even and of the odd images merged.</summary>
    private static void Detection(GoldenCase c)
    {
        var metric = (DetectionAveragePrecision)Metric.From(Spec.FromJson(
            new DetectionAveragePrecision((int)c.Int("num_classes"), c.Number("iou_threshold"), c.Text("interpolation") == "all" ? 0 : int.Parse(c.Text("interpolation"), System.Globalization.CultureInfo.InvariantCulture)).Spec.ToJson()));
        MetricValue whole = Boxes(_ => true);
        c.Outputs["ap"].AssertClose("precision per class", metric.PerClass(whole), c.Rtol, c.Atol);
        c.Outputs["map"].AssertClose("mean", [metric.Result(whole)], c.Rtol, c.Atol);
        MetricValue merged = MetricValue.Merge(metric.Empty, MetricValue.Merge(Boxes(image => image % 2 == 0), Boxes(image => image % 2 == 1)));
        Assert.Equal(metric.Result(whole), metric.Result(merged), 1e-12);

        MetricValue Boxes(Func<float, bool> kept)
        {
            Tensor found = Kept(c.Inputs["detections"], kept);
            Tensor truth = Kept(c.Inputs["ground_truth"], kept);
            MetricValue v = metric.Measure(found.View, truth.View, default);
            GC.KeepAlive(found);
            GC.KeepAlive(truth);
            return v;
        }

        static Tensor Kept(GoldenTensor t, Func<float, bool> kept)
        {
            float[][] rows = [.. t.Floats().Chunk(7).Where(r => kept(r[0]))];
            return Tensor.From<float>(new Shape(rows.Length, 7), [.. rows.SelectMany(r => r)]);
        }
    }

    private static int Classes(GoldenCase c) => (int)c.Inputs["labels"].Longs().Concat(c.Inputs["predictions"].Longs()).Concat(c.Outputs.TryGetValue("support", out GoldenTensor? s) ? [s.Count - 1] : []).Max() + 1;

    private static Tensor OneHot(GoldenCase c, int classes)
    {
        long[] predicted = c.Inputs["predictions"].Longs();
        var scores = new float[predicted.Length * classes];
        for (int r = 0; r < predicted.Length; r++)
        {
            scores[(r * classes) + predicted[r]] = 1;
        }

        return Tensor.From<float>(new Shape(predicted.Length, classes), scores);
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
