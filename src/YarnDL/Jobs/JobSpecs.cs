using System.Text.Json.Nodes;
using YarnDL.Data;
using YarnDL.Data.Features;
using YarnDL.Nn;
using YarnDL.Training;

namespace YarnDL.Jobs;

/// <summary>A registry as the job file sees it: names, one line of documentation and an example each, and a check that points at the wrong key.</summary>
/// <param name="Noun">What is registered, such as "a loss".</param>
/// <param name="Names">The registered names.</param>
/// <param name="Create">Builds from JSON, to see whether it can be built.</param>
/// <param name="Docs">Name, options in words, an example in YAML.</param>
internal sealed record JobSpecs(string Noun, Func<IReadOnlyList<string>> Names, Action<JsonNode> Create, IReadOnlyList<(string Name, string Doc, string Example)> Docs)
{
    /// <summary>Builds once; what fails is told with the place of the option that is wrong.</summary>
    public void Check(JobNode node, string path, JobProblems problems)
    {
        try
        {
            Create(JobJson.From(node)!);
        }
        catch (SpecException e)
        {
            problems.Add((e.Key is null ? null : PlaceOf(node, e.Key)) ?? node.Place, $"{path}: {e.Message}");
        }
        catch (DataException e)
        {
            problems.Add(node.Place, $"{path}: {e.Message}");
        }
    }

    /// <summary>Features by name; programs that bring their own add them here.</summary>
    public static FeatureRegistry FeatureTypes { get; } = new();

    /// <summary>A feature from its JSON: type and options.</summary>
    public static Feature Feature(JsonNode node)
    {
        Spec spec = SpecReader.ToSpec(node, "features");
        return FeatureTypes.Create(new FeatureSpec(spec.Type, spec.Options));
    }

    public static JobSpecs Features { get; } = new("a feature", () => [.. FeatureTypes.Names.Where(n => !n.StartsWith("label", StringComparison.Ordinal))], n => Feature(n),
    [
        ("image", "PNG, JPEG, GIF or WebP bytes to float32 (channels, height, width). `column` (required), `name`; then in the order written: `grayscale`, `resize` [height, width] with `interpolation` (bilinear, nearest, bicubic, area), `crop`, `normalize` {mean, std} on samples 0 to 1. `height`, `width`: columns with the size of raw pixels. `channels`, `maxPixels`", "{type: image, column: png, grayscale: true, resize: [28, 28], normalize: {mean: 0.13, std: 0.31}}"),
        ("numeric", "one or more numbers to float32 (columns). `columns` (required), `name`, `scale` (none, standard, population, minMax, maxAbs), `fill` for nulls: a number, mean, median or mode; `log1p` (false): log(1 + x) first", "{type: numeric, columns: [age, hours], scale: standard, fill: median}"),
        ("stringIndex", "words or integers to int64 numbers. `column` (required), `name`, `unknown` (error, index: a number of its own), `most` values, `minCount` (1), `order` (frequencyDesc, frequencyAsc, alphabetAsc, alphabetDesc; ties by UTF-8 bytes)", "{type: stringIndex, column: city, unknown: index}"),
        ("bucket", "a number to int64, the interval it lies in. `column` (required), `boundaries` or `quantiles` (a count), `name`, `unknown` (error, index)", "{type: bucket, column: age, boundaries: [18, 30, 65]}"),
        ("hashBucket", "words or integers to int64 by a hash. `column`, `buckets` (required), `name`, `hash` (murmur3, fnv1a64, fnv1a32)", "{type: hashBucket, column: city, buckets: 1000}"),
        ("cross", "combinations of categories to int64. `parts` (required): columns, or features of type stringIndex, bucket, hashBucket, cross; `buckets`: hash the combination, joined by _X_, by `hash` (murmur3, fnv1a64, fnv1a32); `name`", "{type: cross, parts: [education, occupation], buckets: 1000}"),
        ("categories", "several categories to int64 (parts) in one numbering, for one table of embeddings. `name`, `parts` (required), as of cross", "{type: categories, name: wide, parts: [city, {type: bucket, column: age, quantiles: 10}]}"),
        ("oneHot", "categories to zeros and ones, float32. `parts` (required), as of cross; `name`, `dropLast` (false)", "{type: oneHot, parts: [city]}"),
        ("vector", "float features end to end. `name`, `parts` (required): numeric columns, or features that give float32", "{type: vector, name: all, parts: [age, {type: oneHot, parts: [city]}]}"),
        ("text", "a text to int64 (length): numbers of its tokens, 0 fills up. `column`, `length` (required), `name`, `split` (words, whitespace, letters, wordsAndSigns), `lower` (true), `numbers` (keep, length: only the number of digits counts), `minCount` (1), `most` tokens, `skipFirst` (0), `unknown` (index: number 1, zero, drop), `truncate` and `pad` (post, pre)", "{type: text, column: message, length: 60, minCount: 2}"),
        ("series", "the window of `data.series` to float32 (length, columns). `columns`: numbers, `scale` (none, standard, population, minMax, maxAbs), `time`: a timestamp column whose `cycles` (hour, day, week, year) add sine and cosine each, `name`", "{type: series, columns: [load], scale: standard, time: at, cycles: [day]}"),
        ("tensor", "a list of numbers to float32 of a shape. `column`, `shape` (required), `name`", "{type: tensor, column: pixels, shape: [1, 28, 28]}"),
    ]);

    /// <summary>Layers that need files are known from here on.</summary>
    private static readonly bool Registered = Register();

    public static JobSpecs Models { get; } = new("a model", () => ModelRegistry.All.Names, n => ModelRegistry.All.Create(n),
        [.. ModelRegistry.All.Descriptions.Select(d => (d.Name, d.Text, d.Example))]);

    public static JobSpecs Layers { get; } = new("a layer", () => LayerRegistry.All.Names, n => LayerRegistry.All.Create(n),
        [.. LayerRegistry.All.Descriptions.Select(d => (d.Name, d.Text, d.Example))]);

    public static JobSpecs StepFunctions { get; } = new("a step function", () => StepFunction.All.Names, n => StepFunction.All.Create(n),
    [
        ("repeat", "the phases one after the other, each several `times` (required, one number for each phase) with the same rows", "{type: repeat, times: [5, 1]}"),
    ]);

    public static JobSpecs Losses { get; } = new("a loss", () => Loss.All.Names, n => Loss.All.Create(n),
    [
        ("crossEntropy", "softmax cross entropy of logits against class numbers. `classWeights`, `ignoreIndex`, `labelSmoothing` (0)", "{type: crossEntropy, labelSmoothing: 0.1}"),
        ("mse", "mean squared error", "mse"),
        ("mae", "mean absolute error", "mae"),
        ("smoothL1", "squares below `beta` (1), absolute values above", "smoothL1"),
        ("huber", "squares up to `delta` (1), lines beyond", "huber"),
        ("smoothL1Weighted", "smooth L1 of boxes with inside and outside weights: library only, it takes three targets. `sigma` (1), `count` (1)", "smoothL1Weighted"),
        ("bce", "binary cross entropy of probabilities", "bce"),
        ("bceLogits", "binary cross entropy of logits, stable. `positiveWeights` (none)", "bceLogits"),
        ("categoricalCrossEntropy", "cross entropy of probabilities against distributions", "categoricalCrossEntropy"),
        ("binaryCrossEntropyMean", "Keras' binary cross entropy; `epsilon` (1e-7)", "binaryCrossEntropyMean"),
        ("klDivergence", "Kullback-Leibler divergence of log-probabilities; `logTarget` (false), `perRow` (false)", "klDivergence"),
        ("kullbackLeibler", "Keras' Kullback-Leibler divergence of probabilities; `epsilon` (1e-7)", "kullbackLeibler"),
        ("normalKl", "library only, two predictions (mean, log-variance): divergence from the standard normal distribution", "normalKl"),
        ("normalLikelihood", "library only, two predictions (mean, log-variance): -log of the normal density", "normalLikelihood"),
        ("poisson", "Poisson likelihood; `logInput` (true), `full` (false), `epsilon` (1e-8)", "poisson"),
        ("poissonMean", "Keras' Poisson loss of rates; `epsilon` (1e-7)", "poissonMean"),
        ("gaussianNll", "library only, two predictions (mean, variance); `full` (false), `epsilon` (1e-6)", "gaussianNll"),
        ("hinge", "labels -1 and 1; `margin` (1)", "hinge"),
        ("squaredHinge", "labels -1 and 1; `margin` (1)", "squaredHinge"),
        ("categoricalHinge", "one-hot targets", "categoricalHinge"),
        ("hingeEmbedding", "distances, labels -1 and 1; `margin` (1)", "hingeEmbedding"),
        ("l1HingeEmbedding", "library only, two predictions; `margin` (1)", "l1HingeEmbedding"),
        ("softMargin", "labels -1 and 1", "softMargin"),
        ("multiMargin", "scores (N, classes), labels; `power` (1, 2), `margin` (1), `weights` (none)", "multiMargin"),
        ("multiLabelMargin", "scores (N, classes), rows of labels ended by -1", "multiLabelMargin"),
        ("multiLabelSoftMargin", "labels 0 and 1 per class; `weights` (none)", "multiLabelSoftMargin"),
        ("marginRanking", "library only, two predictions; `margin` (0)", "marginRanking"),
        ("rankHinge", "scores (N, 2) of a positive and a negative item; `margin` (1)", "rankHinge"),
        ("triplet", "library only, three predictions; `margin` (1), `power` (2), `swap` (false), `epsilon` (1e-6)", "triplet"),
        ("cosineEmbedding", "library only, two predictions; `margin` (0)", "cosineEmbedding"),
        ("cosineDistance", "1 - cosine over the last axis", "cosineDistance"),
        ("cosineProximity", "-cosine over the last axis", "cosineProximity"),
        ("focal", "focal loss of logits, labels 0 and 1; `alpha` (0.25), `gamma` (2)", "focal"),
        ("softmaxFocal", "focal loss of logits (N, classes), labels; `gamma` (2)", "softmaxFocal"),
        ("dice", "overlap of a row; `epsilon` (1)", "dice"),
        ("logCosh", "log of the hyperbolic cosine of the error", "logCosh"),
        ("mape", "mean absolute percentage error; `epsilon` (1e-7)", "mape"),
        ("msle", "mean squared logarithmic error; `epsilon` (1e-7)", "msle"),
        ("quantile", "pinball loss of a `quantile` (0.5)", "quantile"),
        ("l1Cost", "sum of the absolute outputs of a row", "l1Cost"),
        ("dotProduct", "sum of products of a row", "dotProduct"),
        ("vae", "binary cross entropy of a row and the divergence of its code, for the network vae. `beta` (1)", "vae"),
        ("policyGradient", "rewards times -log p", "policyGradient"),
        ("nll", "-log-probability of the label. `classWeights`, `ignoreIndex`", "nll"),
        ("classSimplex", "squared distance from the label's vertex of a simplex. `classes` (required)", "{type: classSimplex, classes: 10}"),
        ("timeDistributed", "a `loss` at every step of (N, steps, ..); `average` (true) or the sum over the steps", "{type: timeDistributed, loss: crossEntropy}"),
        ("ctc", "library only, three targets: connectionist temporal classification. `blank` (0), `zeroInfinity` (false), `perLabel` (true)", "ctc"),
    ]);

    public static JobSpecs Optimizers { get; } = new("an optimizer", () => Optimizer.All.Names, n => Optimizer.All.Create(n),
    [
        ("sgd", "stochastic gradient descent. `learningRate` (required), `momentum` (0), `dampening` (0), `weightDecay` (0), `nesterov` (false), `maximize` (false)", "{type: sgd, learningRate: 0.1, momentum: 0.9}"),
        ("adam", "Adam. `learningRate` (0.001), `beta1` (0.9), `beta2` (0.999), `epsilon` (1e-8), `weightDecay` (0), `amsgrad` (false), `maximize` (false)", "{type: adam, learningRate: 0.001}"),
        ("adamw", "Adam with decoupled weight decay. As adam, `weightDecay` (0.01)", "{type: adamw, weightDecay: 0.05}"),
        ("adamax", "Adam by the largest gradient. `learningRate` (0.002), `beta1` (0.9), `beta2` (0.999), `epsilon` (1e-8), `weightDecay` (0)", "adamax"),
        ("nadam", "Adam with Nesterov momentum. As adamax, `momentumDecay` (0.004), `decoupled` (false)", "nadam"),
        ("radam", "rectified Adam. As adamax, `learningRate` (0.001)", "radam"),
        ("adagrad", "`learningRate` (0.01), `rateDecay` (0), `weightDecay` (0), `epsilon` (1e-10), `initial` (0)", "{type: adagrad, learningRate: 0.05}"),
        ("adadelta", "`learningRate` (1), `rho` (0.9), `epsilon` (1e-6), `weightDecay` (0)", "adadelta"),
        ("rmsprop", "`learningRate` (0.01), `alpha` (0.99), `epsilon` (1e-8), `weightDecay` (0), `momentum` (0), `centered` (false)", "{type: rmsprop, momentum: 0.9}"),
        ("tfRmsprop", "RMSprop with epsilon under the root. `learningRate` (0.001), `rho` (0.9), `momentum` (0), `epsilon` (1e-7), `centered` (false)", "tfRmsprop"),
        ("rprop", "resilient propagation. `learningRate` (0.01), `etaMinus` (0.5), `etaPlus` (1.2), `smallest` (1e-6), `largest` (50)", "rprop"),
        ("asgd", "averaged SGD. `learningRate` (0.01), `lambda` (1e-4), `alpha` (0.75), `start` (1e6), `weightDecay` (0)", "asgd"),
        ("ftrl", "follow the regularised leader. `learningRate` (0.001), `power` (-0.5), `initial` (0.1), `l1` (0), `l2` (0), `l2Shrinkage` (0), `beta` (0)", "{type: ftrl, l1: 0.01}"),
        ("lion", "the sign of a momentum. `learningRate` (1e-4), `beta1` (0.9), `beta2` (0.99), `weightDecay` (0)", "lion"),
        ("adamWeightDecay", "the Adam of BERT, without bias correction. `learningRate` (0.001), `beta1` (0.9), `beta2` (0.999), `epsilon` (1e-6), `weightDecay` (0.01)", "adamWeightDecay"),
        ("sparseAdam", "Adam for rows of an embedding. `learningRate` (0.001), `beta1` (0.9), `beta2` (0.999), `epsilon` (1e-8)", "sparseAdam"),
        ("lars", "a rate per tensor by its norms. `learningRate` (required), `momentum` (0.9), `weightDecay` (1e-4), `trust` (0.001), `epsilon` (0)", "{type: lars, learningRate: 1}"),
        ("lamb", "Adam with a rate per tensor by its norms. `learningRate` (0.001), `beta1` (0.9), `beta2` (0.999), `epsilon` (1e-6), `weightDecay` (0)", "lamb"),
        ("adafactor", "squares kept per row and column. `learningRate` (0.01), `decay` (-0.8), `epsilon1` (1e-14), `epsilon2` (0.001), `clip` (1), `weightDecay` (0)", "adafactor"),
        ("lbfgs", "it evaluates the loss several times a step: the only optimizer of its phase, without clipping and accumulation, best with all rows in a step. `learningRate` (1), `iterations` (20), `history` (100), `strongWolfe` (false), `gradientTolerance` (1e-7), `changeTolerance` (1e-9), `evaluations` (5/4 of the iterations)", "lbfgs"),
    ]);

    public static JobSpecs Schedules { get; } = new("a schedule", () => Schedule.All.Names, n => Schedule.All.Create(n),
    [
        ("constant", "the optimizer's rate throughout", "constant"),
        ("step", "times `gamma` (0.1) every `size` epochs; `per` (epoch, step), counted from `first` (0)", "{type: step, size: 2, gamma: 0.5}"),
        ("multistep", "times `gamma` (0.1) at each of the `milestones`; `per` (epoch, step)", "{type: multistep, milestones: [3, 5]}"),
        ("exponential", "times `gamma` per `size` (1); `staircase` (false), `per` (epoch, step)", "{type: exponential, gamma: 0.95}"),
        ("inverseTime", "rate / (1 + `decay` t / `size`); `staircase` (false), `per` (epoch, step)", "{type: inverseTime, decay: 0.1}"),
        ("polynomial", "down to `final` (0) by `power` (1) over `steps` (all)", "{type: polynomial, power: 2}"),
        ("cosine", "half a cosine down to `final` (0) over `steps` (all)", "cosine"),
        ("oneCycle", "up to `maxRate` and down again, momentum the other way. `rise` (0.3), `anneal` (cosine, linear)", "{type: oneCycle, maxRate: 0.01}"),
        ("warmUp", "from `startFactor` (0) times the rate over `steps`, `then` another schedule", "{type: warmUp, steps: 100, then: cosine}"),
        ("warmUpLinear", "up in a straight line for a `portion` (0.1) of `steps` (all), then down to 0", "warmUpLinear"),
        ("naturalExponential", "times exp(-`gamma` t / `size`); `size` (1), `staircase` (false), `per` (epoch, step)", "{type: naturalExponential, gamma: 0.05}"),
        ("polynomialEpoch", "down to 0 by `power` (1) in whole epochs over `epochs` (all)", "{type: polynomialEpoch, power: 2}"),
        ("cosineRestarts", "half cosines down to `final` (0), the first over `first` units, each next `factor` (1) times as long; `per` (epoch, step)", "{type: cosineRestarts, first: 2, factor: 2}"),
        ("growth", "the rate plus `delta` per step; for a sequential schedule", "{type: growth, delta: 0.001}"),
        ("sequential", "one of the `schedules` after another, `steps` of all but the last; each starts from the rate reached", "{type: sequential, schedules: [{type: growth, delta: 0.001}, cosine], steps: [100]}"),
        ("epochDecayWarmUp", "plus `delta` per step for `steps`, then times `gamma` (0.1) at each of the `epochs`, from 1", "{type: epochDecayWarmUp, steps: 100, delta: 0.001, epochs: [30, 60]}"),
        ("epochDecay", "times `gamma` (0.1) to the power that `powers` gives for the epoch", "{type: epochDecay, powers: [0, 0, 1, 2]}"),
        ("regimes", "from each of the `epochs` (from 1) one of the `rates`, and of the `weightDecays` if given", "{type: regimes, epochs: [1, 3], rates: [0.1, 0.01]}"),
        ("noam", "the Transformer's: up over `warmUp` (4000) steps, then as 1 / sqrt(step), by `width` and `factor` (1)", "{type: noam, width: 512}"),
        ("cyclic", "triangles between `low` and `high`, `up` (2000) and `down` (up) steps; `mode` (triangular, triangular2, range), `gamma` (1)", "{type: cyclic, low: 0.001, high: 0.01}"),
        ("linear", "times a factor from `start` to `end` (1) over `size` (5); `per` (epoch, step)", "{type: linear, start: 0.25}"),
        ("inverseSqrt", "up over `warmUp` steps, then as 1 / sqrt(step)", "{type: inverseSqrt, warmUp: 100}"),
        ("plateau", "times `factor` (0.1) after more than `patience` (10) epochs without progress of the validation loss; `higher` (false), `threshold` (1e-4), `relative` (true), `cooldown` (0), `least` (0), `epsilon` (1e-8)", "{type: plateau, patience: 2}"),
    ]);

    public static JobSpecs Metrics { get; } = new("a metric", () => Metric.All.Names, n => Metric.All.Create(n),
    [
        ("accuracy", "share of rows whose largest score is the label's", "accuracy"),
        ("topK", "share of rows whose label is among the `k` (5) largest scores", "{type: topK, k: 3}"),
        ("loss", "mean of the loss", "loss"),
        ("mse", "mean squared error. `units` (model, label: the label's scale undone), or `factor` (1)", "mse"),
        ("rmse", "root of the mean squared error. As mse", "rmse"),
        ("mae", "mean absolute error. As mse", "{type: mae, units: label}"),
        ("confusionMatrix", "how often each class was taken for each. `classes` (required)", "{type: confusionMatrix, classes: 10}"),
        ("binaryAccuracy", "share of rows on the right side of the `threshold` (0.5)", "binaryAccuracy"),
        ("precision", "`classes` (2), or `threshold` for scores of one class; `average` (macro, micro, weighted, binary)", "{type: precision, classes: 3}"),
        ("recall", "as precision", "{type: recall, threshold: 0.5}"),
        ("f1", "as precision", "{type: f1, threshold: 0.5}"),
        ("fbeta", "as precision, `beta` (1)", "{type: fbeta, beta: 2}"),
        ("kappa", "Cohen's. `classes` (2) or `threshold`, `weights` (none, linear, quadratic)", "kappa"),
        ("matthews", "Matthews' correlation. `classes` (2) or `threshold`", "{type: matthews, threshold: 0.5}"),
        ("balancedAccuracy", "mean recall of the classes. `classes` (2) or `threshold`", "balancedAccuracy"),
        ("logLoss", "mean of -log p of the label", "logLoss"),
        ("perplexity", "exp of the mean cross entropy of logits (n, .., classes). `ignoreIndex` (-100)", "perplexity"),
        ("auc", "area under the ROC curve, exact. `classes` (1; more: mean of one against the rest)", "auc"),
        ("prAuc", "average precision, or with `trapezoid` (false) straight lines", "prAuc"),
        ("brier", "mean squared distance of probability and label", "brier"),
        ("r2", "share of the targets' variance that is explained", "r2"),
        ("explainedVariance", "the same, without the errors' mean", "explainedVariance"),
        ("mape", "mean absolute percentage error, a fraction", "mape"),
        ("smape", "symmetric mean absolute percentage error, a fraction", "smape"),
        ("medianAbsoluteError", "median of the absolute errors", "medianAbsoluteError"),
        ("maxError", "largest absolute error", "maxError"),
        ("pearson", "correlation", "pearson"),
        ("spearman", "correlation of the ranks", "spearman"),
        ("kendall", "tau-b", "kendall"),
        ("hitRatio", "share of lists with a relevant item among the first `k` (10)", "{type: hitRatio, k: 5}"),
        ("ndcg", "gain by rank over the first `k` (10); `exponential` (false)", "{type: ndcg, k: 5}"),
        ("mrr", "mean reciprocal rank", "mrr"),
        ("map", "mean average precision of lists; relevant is `above` (0)", "map"),
        ("detectionMap", "mean average precision of boxes. `classes` (required), `overlap` (0.5), `points` (0, 11, 101)", "{type: detectionMap, classes: 3}"),
    ]);

    public static JobSpecs Triggers { get; } = new("a trigger", () => Trigger.All.Names, n => Trigger.All.Create(n),
    [
        ("everyEpoch", "at the end of every epoch", "everyEpoch"),
        ("everySteps", "after every so many `steps`", "{type: everySteps, steps: 100}"),
        ("everySeconds", "after every so many `seconds`", "{type: everySeconds, seconds: 60}"),
        ("maxEpoch", "from the end of epoch number `epochs` on", "{type: maxEpoch, epochs: 5}"),
        ("maxSteps", "from step number `steps` on", "{type: maxSteps, steps: 1000}"),
        ("maxScore", "while the monitored held-out value is above `score`", "{type: maxScore, score: 0.97}"),
        ("minLoss", "while the loss of the step is below `loss`", "{type: minLoss, loss: 0.1}"),
        ("and", "when all `triggers` fire", "{type: and, triggers: [everyEpoch, {type: minLoss, loss: 0.1}]}"),
        ("or", "when any of the `triggers` fires", "{type: or, triggers: [{type: maxSteps, steps: 1000}, {type: minLoss, loss: 0.1}]}"),
    ]);

    private static bool Register()
    {
        Pretrained.Register();
        return true;
    }

    private static JobPlace? PlaceOf(JobNode node, string key) => node switch
    {
        JobMap m => m.Entries.FirstOrDefault(e => e.Key == key)?.Value.Place ?? m.Entries.Select(e => PlaceOf(e.Value, key)).FirstOrDefault(p => p is not null),
        JobList l => l.Items.Select(i => PlaceOf(i, key)).FirstOrDefault(p => p is not null),
        _ => null,
    };
}
