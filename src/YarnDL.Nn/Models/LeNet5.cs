using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// LeNet-5 for small grey images: two 5 x 5 convolutions with pooling, then 120, 84 and one output per class (logits). (N, C, 28, 28) to (N, classes);
/// 61,706 parameters for one channel and ten classes. LeCun et al., Gradient-based learning applied to document recognition, 1998.
/// </summary>
/// <param name="classes">Number of outputs.</param>
/// <param name="activation"><c>tanh</c> or <c>relu</c> (any activation layer's name).</param>
/// <param name="pool"><c>max</c> or <c>average</c>.</param>
public sealed class LeNet5(long classes = 10, string activation = "tanh", string pool = "max") : Module
{
    private readonly Module conv1 = new Conv2d(null, 6, 5, padding: 2);
    private readonly Module conv2 = new Conv2d(6, 16, 5);
    private readonly Module fc1 = new Linear(null, 120);
    private readonly Module fc2 = new Linear(120, 84);
    private readonly Module fc3 = new Linear(84, classes);
    private readonly Module act = LayerRegistry.Activation(activation);
    private readonly Module half = pool == "average" ? new AvgPool2d(2) : new MaxPool2d(2);
    private readonly Module flatten = new Flatten();

    public override Value Forward(ModuleScope scope, Value x)
    {
        x = scope.Call(half, scope.Call(act, scope.Call(conv1, x)));
        x = scope.Call(half, scope.Call(act, scope.Call(conv2, x)));
        x = scope.Call(flatten, x);
        x = scope.Call(act, scope.Call(fc1, x));
        x = scope.Call(act, scope.Call(fc2, x));
        return scope.Call(fc3, x);
    }
}
