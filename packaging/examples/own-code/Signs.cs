using YarnDL.Nn;

namespace OwnCode;

/// <summary>An optimizer: w -= rate · sign(g). It updates any slice of the weights alike, so the result does not depend on how they are cut.</summary>
internal sealed class Signs(double learningRate) : Optimizer
{
    public override Spec Spec => new("signs", new() { ["learningRate"] = learningRate });

    public override double LearningRate => learningRate;

    public override IReadOnlyList<string> StateNames => [];

    public override void Update(Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update)
    {
        float rate = (float)update.LearningRate;
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] -= gradient[i] > 0 ? rate : gradient[i] < 0 ? -rate : 0;
        }
    }
}
