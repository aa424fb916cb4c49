using System.Text.Json.Nodes;
using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>A loss as numerator and denominator: loss = numerator / denominator over all rows of the batch, whatever the shards.</summary>
public abstract class Loss
{
    /// <summary>Losses by name.</summary>
    public static Registry<Loss> All { get; } = new Registry<Loss>("loss")
        .Register("crossEntropy", o => new CrossEntropy(o.FindNumbers("classWeights"), o.FindInt("ignoreIndex"), o.Number("labelSmoothing", 0)))
        .Register("mse", _ => new Mse())
        .Register("mae", _ => new MeanAbsoluteLoss())
        .Register("smoothL1", o => new SmoothL1(o.Number("beta", 1)))
        .Register("huber", o => new Huber(o.Number("delta", 1)))
        .Register("smoothL1Weighted", o => new SmoothL1Weighted(o.Number("sigma", 1), o.Number("count", 1)))
        .Register("bce", _ => new BinaryCrossEntropy())
        .Register("bceLogits", o => new BinaryCrossEntropyLogits(o.FindNumbers("positiveWeights")))
        .Register("categoricalCrossEntropy", _ => new CategoricalCrossEntropy())
        .Register("binaryCrossEntropyMean", o => new BinaryCrossEntropyMean(o.Number("epsilon", 1e-7)))
        .Register("klDivergence", o => new KlDivergence(o.Flag("logTarget"), o.Flag("perRow")))
        .Register("kullbackLeibler", o => new KullbackLeibler(o.Number("epsilon", 1e-7)))
        .Register("normalKl", _ => new NormalKl())
        .Register("normalLikelihood", _ => new NormalLikelihood())
        .Register("poisson", o => new PoissonLikelihood(o.Flag("logInput", true), o.Flag("full"), o.Number("epsilon", 1e-8)))
        .Register("poissonMean", o => new PoissonMean(o.Number("epsilon", 1e-7)))
        .Register("gaussianNll", o => new GaussianLikelihood(o.Flag("full"), o.Number("epsilon", 1e-6)))
        .Register("hinge", o => new Hinge(o.Number("margin", 1)))
        .Register("squaredHinge", o => new SquaredHinge(o.Number("margin", 1)))
        .Register("categoricalHinge", _ => new CategoricalHinge())
        .Register("hingeEmbedding", o => new HingeEmbedding(o.Number("margin", 1)))
        .Register("l1HingeEmbedding", o => new L1HingeEmbedding(o.Number("margin", 1)))
        .Register("softMargin", _ => new SoftMargin())
        .Register("multiMargin", o => new MultiMargin(o.Int("power", 1), o.Number("margin", 1), o.FindNumbers("weights")))
        .Register("multiLabelMargin", _ => new MultiLabelMargin())
        .Register("multiLabelSoftMargin", o => new MultiLabelSoftMargin(o.FindNumbers("weights")))
        .Register("marginRanking", o => new MarginRanking(o.Number("margin", 0)))
        .Register("rankHinge", o => new RankHinge(o.Number("margin", 1)))
        .Register("triplet", o => new TripletMargin(o.Number("margin", 1), o.Number("power", 2), o.Flag("swap"), o.Number("epsilon", 1e-6)))
        .Register("cosineEmbedding", o => new CosineEmbedding(o.Number("margin", 0)))
        .Register("cosineDistance", _ => new CosineDistance())
        .Register("cosineProximity", _ => new CosineProximity())
        .Register("focal", o => new SigmoidFocal(o.Number("alpha", 0.25), o.Number("gamma", 2)))
        .Register("softmaxFocal", o => new SoftmaxFocal(o.Number("gamma", 2)))
        .Register("dice", o => new Dice(o.Number("epsilon", 1)))
        .Register("logCosh", _ => new LogCosh())
        .Register("mape", o => new MeanAbsolutePercentageLoss(o.Number("epsilon", 1e-7)))
        .Register("msle", o => new MeanSquaredLogLoss(o.Number("epsilon", 1e-7)))
        .Register("quantile", o => new QuantileLoss(o.Number("quantile", 0.5)))
        .Register("l1Cost", _ => new L1Cost())
        .Register("dotProduct", _ => new DotProduct())
        .Register("vae", o => new VariationalBound(o.Number("beta", 1)))
        .Register("policyGradient", _ => new PolicyGradient())
        .Register("nll", o => new NegativeLogLikelihood(o.FindNumbers("classWeights"), o.FindInt("ignoreIndex")))
        .Register("classSimplex", o => new ClassSimplex(o.Int("classes")))
        .Register("timeDistributed", o => new TimeDistributedLoss(From(o.FindSpec("loss") ?? throw new SpecException("[timeDistributed] option loss is missing; give the loss of a step", "loss")), o.Flag("average", true)))
        .Register("ctc", o => new ConnectionistTemporal(o.Int("blank", 0), o.Flag("zeroInfinity"), o.Flag("perLabel", true)));

    public abstract Spec Spec { get; }

    /// <summary>Softmax cross entropy of logits (N, classes, ...) against labels (N, ...), mean over the labels.</summary>
    public static Loss CrossEntropy(IReadOnlyList<double>? classWeights = null, long? ignoreIndex = null, double labelSmoothing = 0) =>
        new CrossEntropy(classWeights, ignoreIndex, labelSmoothing);

    /// <summary>Mean squared error over all elements.</summary>
    public static Loss Mse() => new Mse();

    /// <summary>The loss that a spec names.</summary>
    /// <exception cref="SpecException">The name or an option is unknown, or a value does not fit.</exception>
    public static Loss From(Spec spec) => All.Create(spec);

    /// <summary>True when the target is a class for each row, an integer (N, ...), and the prediction has a score for each class.</summary>
    public virtual bool JudgesClasses => false;

    /// <summary>Appends nodes for a target that is one number for all rows: the prediction's shape full of it, or for a loss of classes the class for each place.</summary>
    /// <param name="g">The graph.</param>
    /// <param name="value">The number.</param>
    /// <param name="prediction">Shape of the prediction, (N, ...).</param>
    /// <param name="column">Any value (N, ...): the rows that there are. Its content is not read.</param>
    /// <exception cref="GraphException">A class that is no whole number of at least 0, or a prediction without rows.</exception>
    public Value ConstantTarget(GraphBuilder g, double value, SymbolicShape prediction, Value column)
    {
        if (prediction.RowAxis != 0 || prediction[0].Factor != 1)
        {
            throw new GraphException($"[{Spec.Type}] the prediction has shape {prediction}; a constant target needs one entry per row (N, ...)");
        }

        if (JudgesClasses && (value < 0 || value != Math.Floor(value)))
        {
            throw new GraphException($"[{Spec.Type}] the target is {value} for all rows; it judges classes, whole numbers from 0");
        }

        Value all = g.Add("ExpandLike", JudgesClasses ? g.Constant(Tensor.Scalar((long)value)) : g.Constant((float)value), Rows.First(g, column, 1));
        int axes = prediction.Rank - (JudgesClasses ? 2 : 1);
        if (axes <= 0)
        {
            return all;
        }

        var places = new long[axes];
        var extents = new long[axes + 1];
        extents[0] = 1;
        for (int i = 0; i < axes; i++)
        {
            (places[i], extents[i + 1]) = (i + 1, prediction[prediction.Rank - axes + i].Factor);
        }

        return g.Add("Expand", g.Add("Unsqueeze", all, g.Constant(places)), g.Constant(extents));
    }

    /// <summary>Appends nodes for the sum over rows, a scalar. The sum over rows is one of the table's row reductions.</summary>
    public abstract Value Numerator(GraphBuilder g, Value prediction, Value target, Value? rowWeight);

    /// <summary>Appends nodes for the denominator, a scalar that depends on targets and row weights only.</summary>
    public abstract Value Denominator(GraphBuilder g, Value target, Value? rowWeight);
}
