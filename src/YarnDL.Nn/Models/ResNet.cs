using System.Globalization;
using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// Residual networks for large images: (N, C, H, W) to (N, classes) logits, with 18, 34, 50, 101 or 152 layers. Names, strides and first weights are torchvision's
/// (11,689,512 parameters for 18 layers, 21,797,672 for 34, 25,557,032 for 50). He et al., Deep Residual Learning for Image Recognition, 2015.
/// </summary>
/// <param name="depth">18, 34, 50, 101 or 152.</param>
/// <param name="classes">Number of outputs.</param>
/// <param name="width">Filters of the first stage.</param>
public sealed class ResNet(int depth = 18, long classes = 1000, long width = 64) : Module
{
    private static readonly Initialiser Weight = Initialiser.KaimingNormal(fanOut: true);

    private readonly int[] blocks = depth switch
    {
        18 => [2, 2, 2, 2],
        34 or 50 => [3, 4, 6, 3],
        101 => [3, 4, 23, 3],
        152 => [3, 8, 36, 3],
        _ => throw new SpecException($"[resnet] depth is {depth}; it must be 18, 34, 50, 101 or 152", "depth"),
    };

    public override Value Forward(ModuleScope scope, Value x)
    {
        x = scope.G.Add("Relu", scope.Call("bn1", new BatchNorm(), scope.Call("conv1", Conv(width, 7, 2), x)));
        x = scope.Call("maxpool", new MaxPool2d(3, 2, 1), x);
        for (int stage = 0; stage < 4; stage++)
        {
            for (int b = 0; b < blocks[stage]; b++)
            {
                x = Block(scope, string.Create(CultureInfo.InvariantCulture, $"layer{stage + 1}.{b}"), x, width << stage, stage > 0 && b == 0 ? 2 : 1);
            }
        }

        x = scope.Call("flatten", new Flatten(), scope.Call("avgpool", new AdaptiveAvgPool2d(1), x));
        return scope.Call("fc", new Linear(null, classes), x);
    }

    private Value Block(ModuleScope scope, string name, Value x, long filters, int stride) => depth < 50
        ? scope.Call(name, new ResidualBlock([(filters, 3, stride), (filters, 3, 1)], stride, Weight), x)
        : scope.Call(name, new ResidualBlock([(filters, 1, 1), (filters, 3, stride), (4 * filters, 1, 1)], stride, Weight), x);

    private static Conv2d Conv(long filters, int kernel, int stride) => new(null, filters, kernel, stride, kernel / 2, bias: false) { Weight = Weight };
}
