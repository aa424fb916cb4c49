using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// Inception-v1 (GoogLeNet) without auxiliary outputs: (N, C, H, W) to (N, classes) logits. As torchvision has it, with batch normalisation and 3 x 3
/// convolutions in the third branch, 6,624,904 parameters; in the original form with biases, 5 x 5 convolutions and local response normalisation, 6,998,552.
/// Szegedy et al., Going Deeper with Convolutions, 2014.
/// </summary>
/// <param name="classes">Number of outputs.</param>
/// <param name="original">The form of the paper.</param>
/// <param name="dropout">Before the last layer.</param>
public sealed class InceptionV1(long classes = 1000, bool original = false, double dropout = 0.2) : Module
{
    private static readonly (string Name, long[] Filters)[] Blocks =
    [
        ("inception3a", [64, 96, 128, 16, 32, 32]),
        ("inception3b", [128, 128, 192, 32, 96, 64]),
        ("maxpool3", []),
        ("inception4a", [192, 96, 208, 16, 48, 64]),
        ("inception4b", [160, 112, 224, 24, 64, 64]),
        ("inception4c", [128, 128, 256, 24, 64, 64]),
        ("inception4d", [112, 144, 288, 32, 64, 64]),
        ("inception4e", [256, 160, 320, 32, 128, 128]),
        ("maxpool4", []),
        ("inception5a", [256, 160, 320, 32, 128, 128]),
        ("inception5b", [384, 192, 384, 48, 128, 128]),
    ];

    public override Value Forward(ModuleScope scope, Value x)
    {
        x = scope.Call("maxpool1", Half(), scope.Call("conv1", Conv(64, 7, 2), x));
        x = original ? scope.Call("norm1", new LocalResponseNorm(5), x) : x;
        x = scope.Call("conv3", Conv(192, 3), scope.Call("conv2", Conv(64, 1), x));
        x = original ? scope.Call("norm2", new LocalResponseNorm(5), x) : x;
        x = scope.Call("maxpool2", Half(), x);
        foreach ((string name, long[] f) in Blocks)
        {
            x = f.Length == 0 ? scope.Call(name, Half(name == "maxpool4" && !original ? 2 : 3), x) : scope.Call(name, Inception(f), x);
        }

        x = scope.Call("flatten", new Flatten(), scope.Call("avgpool", new AdaptiveAvgPool2d(1), x));
        return scope.Call("fc", new Linear(null, classes), scope.Call("dropout", Drop.Of(dropout), x));
    }

    /// <summary>1 x 1; 1 x 1 then 3 x 3; 1 x 1 then 5 x 5; pooling then 1 x 1: side by side.</summary>
    private Branches Inception(long[] f) => new(
        Named("branch1", Conv(f[0], 1)),
        Named("branch2", new Sequential(Conv(f[1], 1), Conv(f[2], 3))),
        Named("branch3", new Sequential(Conv(f[3], 1), Conv(f[4], original ? 5 : 3))),
        Named("branch4", new Sequential(new MaxPool2d(3, 1, 1, true), Conv(f[5], 1))));

    private Sequential Conv(long filters, int kernel, int stride = 1) => original
        ? new Sequential(Named("conv", new Conv2d(null, filters, kernel, stride, kernel / 2)), new ReLU())
        : new Sequential(Named("conv", new Conv2d(null, filters, kernel, stride, kernel / 2, bias: false) { Weight = Initialiser.TruncatedNormal(0, 0.01) }), Named("bn", new BatchNorm(0.001)), new ReLU());

    private MaxPool2d Half(int kernel = 3) => original ? new MaxPool2d(3, 2, 1) : new MaxPool2d(kernel, 2, ceiling: true);

    private static Module Named(string name, Module m)
    {
        m.Name = name;
        return m;
    }
}
