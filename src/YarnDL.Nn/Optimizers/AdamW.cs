namespace YarnDL.Nn;

/// <summary>Adam with decoupled weight decay: w *= 1 - rate·weightDecay first, then <see cref="Adam"/> without decay. Loshchilov and Hutter, 2019.</summary>
public sealed class AdamW(double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 1e-2,
    bool amsgrad = false, bool maximize = false) : AdamFamily("adamw", learningRate, beta1, beta2, epsilon, weightDecay, amsgrad, maximize)
{
    private protected override bool Decoupled => true;
}
