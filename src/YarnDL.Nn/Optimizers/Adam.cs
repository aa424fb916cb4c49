namespace YarnDL.Nn;

/// <summary>
/// Adam, PyTorch's formula, t = step + 1: g += weightDecay·w; m += (1 - beta1)·(g - m); v = beta2·v + (1 - beta2)·g²;
/// w -= rate / (1 - beta1^t) · m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon). Kingma and Ba, 2015. amsgrad: v is replaced by its largest value so far.
/// </summary>
public sealed class Adam(double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0,
    bool amsgrad = false, bool maximize = false) : AdamFamily("adam", learningRate, beta1, beta2, epsilon, weightDecay, amsgrad, maximize)
{
    private protected override bool Decoupled => false;
}
