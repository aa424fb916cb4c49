using System.Globalization;
using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// Residual networks for small images, such as CIFAR's or digits: a 3 x 3 convolution, three stages of (depth - 2) / 6 blocks with width, 2 width and 4 width
/// filters, the mean over the image, one linear layer. (N, C, H, W) to (N, classes) logits; 269,722 parameters for depth 20, 3 channels and 10 classes.
/// He et al., Deep Residual Learning for Image Recognition, 2015, section 4.2.
/// </summary>
/// <param name="depth">6 n + 2: 8, 14, 20, 32, 44, 56, 110.</param>
/// <param name="classes">Number of outputs.</param>
/// <param name="width">Filters of the first stage.</param>
/// <param name="projection">Shortcuts between stages by 1 x 1 convolutions; else without parameters, as in the paper.</param>
public sealed class SmallResNet(int depth = 20, long classes = 10, long width = 16, bool projection = false) : Module
{
    private static readonly Initialiser Weight = Initialiser.KaimingNormal(fanOut: true);

    private readonly int blocks = depth >= 8 && depth % 6 == 2 ? (depth - 2) / 6
        : throw new SpecException($"[smallresnet] depth is {depth}; it must be 6 n + 2: 8, 14, 20, 32, 44, 56, 110", "depth");

    public override Value Forward(ModuleScope scope, Value x)
    {
        x = scope.Call("conv1", new Conv2d(null, width, 3, padding: 1, bias: false) { Weight = Weight }, x);
        x = scope.G.Add("Relu", scope.Call("bn1", new BatchNorm(), x));
        for (int stage = 0; stage < 3; stage++)
        {
            for (int b = 0; b < blocks; b++)
            {
                int stride = stage > 0 && b == 0 ? 2 : 1;
                x = scope.Call(string.Create(CultureInfo.InvariantCulture, $"layer{stage + 1}.{b}"),
                    new ResidualBlock([(width << stage, 3, stride), (width << stage, 3, 1)], stride, Weight, padded: !projection), x);
            }
        }

        x = scope.Call("flatten", new Flatten(), scope.Call("avgpool", new AdaptiveAvgPool2d(1), x));
        return scope.Call("fc", new Linear(null, classes), x);
    }
}
