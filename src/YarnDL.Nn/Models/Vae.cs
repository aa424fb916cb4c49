using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// A variational autoencoder: (N, ..) to (N, D + 2 latent), the logits of the D elements of a row, then mean and log-variance of its code, as loss
/// <c>vae</c> takes them. In training the code is drawn, else it is the mean. Kingma and Welling, Auto-Encoding Variational Bayes, 2013.
/// </summary>
/// <param name="latent">Width of the code.</param>
/// <param name="hidden">Width of the hidden layer of encoder and decoder.</param>
/// <param name="activation">Name of an activation layer.</param>
public sealed class Vae(long latent = 20, long hidden = 400, string activation = "relu") : Module
{
    private readonly Module act = LayerRegistry.Activation(activation);
    private readonly Module flatten = new Flatten();

    public override Value Forward(ModuleScope scope, Value x)
    {
        long elements = x.Shape.At(1).ElementCount;
        x = x.Shape.Rank > 2 ? scope.Call(flatten, x) : x;
        Value h = scope.Call(act, scope.Call("encoder", new Linear(null, hidden), x));
        Value mean = scope.Call("mean", new Linear(null, latent), h);
        Value logVariance = scope.Call("log_variance", new Linear(null, latent), h);
        Value code = scope.Call("sample", new GaussianSampler(), [mean, logVariance]);
        Value decoded = scope.Call("out", new Linear(null, elements), scope.Call(act, scope.Call("decoder", new Linear(null, hidden), code)));
        return scope.G.Add("Concat", [decoded, mean, logVariance], new Attributes(("axis", 1)));
    }
}
