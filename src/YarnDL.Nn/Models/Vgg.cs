using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// Stacks of 3 x 3 convolutions with pooling between: (N, C, H, W) to (N, classes) logits, torchvision's names (<c>features.0</c>, ..., <c>classifier.6</c>) and first
/// weights; 138,357,544 parameters for depth 16, 143,667,240 for 19. Simonyan and Zisserman, Very Deep Convolutional Networks, 2014.
/// </summary>
/// <param name="depth">11, 13, 16 or 19.</param>
/// <param name="classes">Number of outputs.</param>
/// <param name="batchNorm">Batch normalisation behind every convolution.</param>
/// <param name="small">For images of 32 x 32: one hidden layer of 8 width with batch normalisation instead of two of 4096.</param>
/// <param name="width">Filters of the first stage.</param>
/// <param name="dropout">Behind the hidden layers.</param>
public sealed class Vgg(int depth = 16, long classes = 1000, bool batchNorm = false, bool small = false, long width = 64, double dropout = 0.5) : Module
{
    private readonly int[] stages = depth switch
    {
        11 => [1, 1, 2, 2, 2],
        13 => [2, 2, 2, 2, 2],
        16 => [2, 2, 3, 3, 3],
        19 => [2, 2, 4, 4, 4],
        _ => throw new SpecException($"[vgg] depth is {depth}; it must be 11, 13, 16 or 19", "depth"),
    };

    public override Value Forward(ModuleScope scope, Value x)
    {
        var features = new List<Module>();
        for (int stage = 0; stage < stages.Length; stage++)
        {
            for (int i = 0; i < stages[stage]; i++)
            {
                features.Add(new Conv2d(null, width * Math.Min(8, 1 << stage), 3, padding: 1) { Weight = Initialiser.KaimingNormal(fanOut: true), Bias = Initialiser.Zeros });
                if (batchNorm)
                {
                    features.Add(new BatchNorm());
                }

                features.Add(new ReLU());
            }

            features.Add(new MaxPool2d(2));
        }

        x = scope.Call("features", new Sequential(features), x);
        Module[] classifier = small ? [Drop.Of(dropout), Dense(8 * width), new BatchNorm(), new ReLU(), Drop.Of(dropout), Dense(classes)]
            : [Dense(4096), new ReLU(), Drop.Of(dropout), Dense(4096), new ReLU(), Drop.Of(dropout), Dense(classes)];
        x = small ? x : scope.Call("avgpool", new AdaptiveAvgPool2d(7), x);
        return scope.Call("classifier", new Sequential(classifier), scope.Call("flatten", new Flatten(), x));
    }

    private static Linear Dense(long outputs) => new(null, outputs) { Weight = Initialiser.Normal(0, 0.01), Bias = Initialiser.Zeros };
}
