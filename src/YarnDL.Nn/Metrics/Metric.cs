using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>A measure of predictions against targets, as a mergeable value: per-row parts are added up exactly or kept in row order.</summary>
public abstract class Metric
{
    /// <summary>Metrics by name.</summary>
    public static Registry<Metric> All { get; } = new Registry<Metric>("metric")
        .Register("accuracy", _ => new Accuracy())
        .Register("topK", o => new TopKAccuracy(checked((int)o.Int("k", 5))))
        .Register("loss", _ => new MeanLoss())
        .Register("mse", o => new MeanSquaredError(false, MetricUnit.Read(o)))
        .Register("rmse", o => new MeanSquaredError(true, MetricUnit.Read(o)))
        .Register("mae", o => new MeanAbsoluteError(MetricUnit.Read(o)))
        .Register("confusionMatrix", o => new ConfusionMatrix(checked((int)o.Int("classes"))))
        .Register("binaryAccuracy", o => new BinaryAccuracy(o.Number("threshold", 0.5)))
        .Register("precision", o => Score("precision", o))
        .Register("recall", o => Score("recall", o))
        .Register("f1", o => Score("f1", o))
        .Register("fbeta", o => Score("fbeta", o))
        .Register("kappa", o => new CohenKappa(Classes(o), o.FindNumber("threshold"), o.Text("weights", "none")))
        .Register("matthews", o => new Matthews(Classes(o), o.FindNumber("threshold")))
        .Register("balancedAccuracy", o => new BalancedAccuracy(Classes(o), o.FindNumber("threshold")))
        .Register("logLoss", _ => new LogLoss())
        .Register("perplexity", o => new Perplexity(o.Int("ignoreIndex", -100)))
        .Register("auc", o => new RocAuc(checked((int)o.Int("classes", 1))))
        .Register("prAuc", o => new PrecisionRecallAuc(o.Flag("trapezoid")))
        .Register("brier", _ => new Brier())
        .Register("r2", _ => new R2())
        .Register("explainedVariance", _ => new ExplainedVariance())
        .Register("mape", _ => new PercentageError())
        .Register("smape", _ => new PercentageError(symmetric: true))
        .Register("medianAbsoluteError", _ => new MedianAbsoluteError())
        .Register("maxError", _ => new MaxError())
        .Register("pearson", _ => new Pearson())
        .Register("spearman", _ => new Spearman())
        .Register("kendall", _ => new KendallTau())
        .Register("hitRatio", o => new HitRatio(checked((int)o.Int("k", 10))))
        .Register("ndcg", o => new Ndcg(checked((int)o.Int("k", 10)), o.Flag("exponential")))
        .Register("mrr", _ => new Mrr())
        .Register("map", o => new MeanAveragePrecision(o.Number("above", 0)))
        .Register("detectionMap", o => new DetectionAveragePrecision(checked((int)o.Int("classes")), o.Number("overlap", 0.5), checked((int)o.Int("points", 0))));

    public abstract Spec Spec { get; }

    /// <summary>How it is written in reports: the type, and what tells it apart from others of the type.</summary>
    public virtual string Name => Spec.Type;

    /// <summary>True when a larger number is better.</summary>
    public virtual bool HigherIsBetter => true;

    /// <summary>The same metric, and one that asks for the label's units in these.</summary>
    /// <param name="unit">What a difference of predictions is multiplied by to be one in the label's own units.</param>
    public virtual Metric InUnits(double unit) => this;

    /// <summary>The metric that a spec names.</summary>
    /// <exception cref="SpecException">The name or an option is unknown, or a value does not fit.</exception>
    public static Metric From(Spec spec) => All.Create(spec);

    /// <summary>The measure of some rows (one shard or a part of it); predictions (n, ...) and targets (n, ...).</summary>
    /// <param name="prediction">Float32.</param>
    /// <param name="target">Float32, or int64/int32 labels from 0.</param>
    /// <param name="weight">(n) float32, or empty: every row counts once.</param>
    public abstract MetricValue Measure(TensorView prediction, TensorView target, TensorView weight);

    /// <summary>The number that is shown; NaN when no row was measured.</summary>
    public abstract double Result(MetricValue value);

    /// <summary>The measure of no row: what merging starts from.</summary>
    public abstract MetricValue Empty { get; }

    /// <summary>Sum of products over sum of weights, the form of every mean.</summary>
    private protected static double Mean(MetricValue value) => value.Sums[1] == 0 ? double.NaN : value.Sums[0] / value.Sums[1];

    private static int Classes(SpecReader o) => checked((int)o.Int("classes", 2));

    private static ClassScore Score(string measure, SpecReader o) =>
        new(measure, Classes(o), o.FindNumber("threshold"), o.FindText("average"), measure == "fbeta" ? o.Number("beta", 1) : 1);

    private protected static MetricValue Sums(params double[] sums) => new(sums, []);
}
