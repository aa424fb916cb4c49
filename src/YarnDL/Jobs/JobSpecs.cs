using System.Text.Json.Nodes;
using YarnDL.Data;
using YarnDL.Data.Features;
using YarnDL.Nn;

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
        ("numeric", "one or more numbers to float32 (columns). `columns` (required), `name`, `scale` (none, standard, minMax), `fill` for nulls", "{type: numeric, columns: [age, hours], scale: standard}"),
        ("stringIndex", "words to int64, by falling frequency in the training rows. `column` (required), `name`", "{type: stringIndex, column: city}"),
        ("tensor", "a list of numbers to float32 of a shape. `column`, `shape` (required), `name`", "{type: tensor, column: pixels, shape: [1, 28, 28]}"),
    ]);

    public static JobSpecs Models { get; } = new("a model", () => ModelRegistry.All.Names, n => ModelRegistry.All.Create(n),
    [
        ("lenet5", "LeNet-5 for grey images of 28 x 28. `classes` (10), `activation` (tanh, relu, sigmoid), `pool` (max, average)", "{type: lenet5, classes: 10, activation: relu}"),
        ("mlp", "fully connected layers. `outputs` (required), `hidden` widths ([]), `activation` (relu, tanh, sigmoid)", "{type: mlp, outputs: 10, hidden: [128, 64]}"),
        ("sequential", "your own list of `layers`", "{type: sequential, layers: [flatten, {type: linear, out: 10}]}"),
    ]);

    public static JobSpecs Layers { get; } = new("a layer", () => LayerRegistry.All.Names, n => LayerRegistry.All.Create(n),
    [
        ("linear", "y = x Wᵀ + b. `out` (required), `in` (the input's), `bias` (true), `weightInit`, `biasInit`", "{type: linear, out: 10}"),
        ("conv2d", "2-D convolution. `out`, `kernel` (required), `in` (the input's), `stride` (1), `padding` (0), `dilation` (1), `groups` (1), `bias` (true), `weightInit`, `biasInit`", "{type: conv2d, out: 6, kernel: 5, padding: 2}"),
        ("maxpool2d", "largest value of each window. `kernel` (required), `stride` (kernel), `padding` (0), `ceiling` (false)", "{type: maxpool2d, kernel: 2}"),
        ("avgpool2d", "mean of each window. `kernel` (required), `stride` (kernel), `padding` (0), `ceiling` (false), `countPadding` (true)", "{type: avgpool2d, kernel: 2}"),
        ("flatten", "all axes but the first become one", "flatten"),
        ("relu", "max(x, 0)", "relu"),
        ("tanh", "hyperbolic tangent", "tanh"),
        ("sigmoid", "1 / (1 + exp(-x))", "sigmoid"),
        ("softmax", "exp(x) / sum(exp(x)). `axis` (-1)", "softmax"),
        ("logsoftmax", "log of softmax. `axis` (-1)", "logsoftmax"),
        ("sequential", "`layers` in order, as one layer", "{type: sequential, layers: [relu]}"),
    ]);

    public static JobSpecs Losses { get; } = new("a loss", () => Loss.All.Names, n => Loss.All.Create(n),
    [
        ("crossEntropy", "softmax cross entropy of logits against class numbers. `classWeights`, `ignoreIndex`, `labelSmoothing` (0)", "{type: crossEntropy, labelSmoothing: 0.1}"),
        ("mse", "mean squared error", "mse"),
    ]);

    public static JobSpecs Optimizers { get; } = new("an optimizer", () => Optimizer.All.Names, n => Optimizer.All.Create(n),
    [
        ("sgd", "stochastic gradient descent. `learningRate` (required), `momentum` (0), `dampening` (0), `weightDecay` (0), `nesterov` (false), `maximize` (false)", "{type: sgd, learningRate: 0.1, momentum: 0.9}"),
        ("adam", "Adam. `learningRate` (0.001), `beta1` (0.9), `beta2` (0.999), `epsilon` (1e-8), `weightDecay` (0), `amsgrad` (false), `maximize` (false)", "{type: adam, learningRate: 0.001}"),
        ("adamw", "Adam with decoupled weight decay. As adam, `weightDecay` (0.01)", "{type: adamw, weightDecay: 0.05}"),
    ]);

    public static JobSpecs Schedules { get; } = new("a schedule", () => Schedule.All.Names, n => Schedule.All.Create(n),
    [
        ("constant", "the optimizer's rate throughout", "constant"),
        ("step", "times `gamma` (0.1) every `size` epochs; `per` (epoch, step)", "{type: step, size: 2, gamma: 0.5}"),
        ("multistep", "times `gamma` (0.1) at each of the `milestones`; `per` (epoch, step)", "{type: multistep, milestones: [3, 5]}"),
        ("exponential", "times `gamma` per `size` (1); `staircase` (false), `per` (epoch, step)", "{type: exponential, gamma: 0.95}"),
        ("inverseTime", "rate / (1 + `decay` t / `size`); `staircase` (false), `per` (epoch, step)", "{type: inverseTime, decay: 0.1}"),
        ("polynomial", "down to `final` (0) by `power` (1) over `steps` (all)", "{type: polynomial, power: 2}"),
        ("cosine", "half a cosine down to `final` (0) over `steps` (all)", "cosine"),
        ("oneCycle", "up to `maxRate` and down again, momentum the other way. `rise` (0.3), `anneal` (cosine, linear)", "{type: oneCycle, maxRate: 0.01}"),
        ("warmUp", "from `startFactor` (0) times the rate over `steps`, `then` another schedule", "{type: warmUp, steps: 100, then: cosine}"),
    ]);

    public static JobSpecs Metrics { get; } = new("a metric", () => Metric.All.Names, n => Metric.All.Create(n),
    [
        ("accuracy", "share of rows whose largest score is the label's", "accuracy"),
        ("topK", "share of rows whose label is among the `k` (5) largest scores", "{type: topK, k: 3}"),
        ("loss", "mean of the loss", "loss"),
        ("mse", "mean squared error", "mse"),
        ("rmse", "root of the mean squared error", "rmse"),
        ("mae", "mean absolute error", "mae"),
        ("confusionMatrix", "how often each class was taken for each. `classes` (required)", "{type: confusionMatrix, classes: 10}"),
    ]);

    private static JobPlace? PlaceOf(JobNode node, string key) => node switch
    {
        JobMap m => m.Entries.FirstOrDefault(e => e.Key == key)?.Value.Place ?? m.Entries.Select(e => PlaceOf(e.Value, key)).FirstOrDefault(p => p is not null),
        JobList l => l.Items.Select(i => PlaceOf(i, key)).FirstOrDefault(p => p is not null),
        _ => null,
    };
}
