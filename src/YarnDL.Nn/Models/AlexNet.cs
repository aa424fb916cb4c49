using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// Five convolutions and three linear layers: (N, C, 224, 224) to (N, classes) logits, torchvision's form and names; 61,100,840 parameters.
/// Krizhevsky et al. 2012; Krizhevsky, One weird trick for parallelizing convolutional neural networks, 2014.
/// </summary>
/// <param name="classes">Number of outputs.</param>
/// <param name="dropout">Before the hidden linear layers.</param>
/// <param name="hidden">Width of the hidden linear layers.</param>
public sealed class AlexNet(long classes = 1000, double dropout = 0.5, long hidden = 4096) : Module
{
    private readonly Module features = new Sequential(
        new Conv2d(null, 64, 11, 4, 2), new ReLU(), new MaxPool2d(3, 2),
        new Conv2d(64, 192, 5, padding: 2), new ReLU(), new MaxPool2d(3, 2),
        new Conv2d(192, 384, 3, padding: 1), new ReLU(),
        new Conv2d(384, 256, 3, padding: 1), new ReLU(),
        new Conv2d(256, 256, 3, padding: 1), new ReLU(), new MaxPool2d(3, 2));

    private readonly Module avgpool = new AdaptiveAvgPool2d(6);
    private readonly Module flatten = new Flatten();
    private readonly Module classifier = new Sequential(
        Drop.Of(dropout), new Linear(null, hidden), new ReLU(), Drop.Of(dropout), new Linear(null, hidden), new ReLU(), new Linear(null, classes));

    public override Value Forward(ModuleScope scope, Value x) =>
        scope.Call(classifier, scope.Call(flatten, scope.Call(avgpool, scope.Call(features, x))));
}
