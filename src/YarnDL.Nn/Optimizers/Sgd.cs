using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace YarnDL.Nn;

/// <summary>
/// Stochastic gradient descent, PyTorch's formula: d = g + weightDecay·w; buf = momentum·buf + (1 - dampening)·d (at the first step d itself);
/// w -= rate·(nesterov: d + momentum·buf, else buf). Without momentum w -= rate·d.
/// </summary>
public sealed class Sgd : Optimizer
{
    private readonly double _momentum;
    private readonly double _dampening;
    private readonly double _weightDecay;
    private readonly bool _nesterov;
    private readonly bool _maximize;

    /// <exception cref="SpecException">An option lies outside its range, or nesterov without momentum or with dampening.</exception>
    public Sgd(double learningRate, double momentum = 0, double dampening = 0, double weightDecay = 0, bool nesterov = false, bool maximize = false)
    {
        LearningRate = Within("sgd", "learningRate", learningRate, 0, double.PositiveInfinity);
        _momentum = Within("sgd", "momentum", momentum, 0, double.PositiveInfinity);
        _dampening = dampening;
        _weightDecay = Within("sgd", "weightDecay", weightDecay, 0, double.PositiveInfinity);
        _nesterov = nesterov;
        _maximize = maximize;
        if (nesterov && (momentum == 0 || dampening != 0))
        {
            throw new SpecException("[sgd] nesterov needs a momentum and no dampening; set momentum, or leave nesterov out", "nesterov");
        }
    }

    public override Spec Spec => new("sgd", new()
    {
        ["learningRate"] = LearningRate,
        ["momentum"] = _momentum,
        ["dampening"] = _dampening,
        ["weightDecay"] = _weightDecay,
        ["nesterov"] = _nesterov,
        ["maximize"] = _maximize,
    });

    public override double LearningRate { get; }

    public override IReadOnlyList<string> StateNames => _momentum == 0 ? [] : ["momentum_buffer"];

    public override bool KeepsIdle => _momentum == 0 && _weightDecay == 0 && !_maximize;

    public override void Update(Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update)
    {
        Span<float> buffer = _momentum == 0 ? default : state[0].Span[..weights.Length];
        gradient = gradient[..weights.Length];
        var s = new Scalars(this, update);
        ref float w = ref MemoryMarshal.GetReference(weights);
        ref float g = ref MemoryMarshal.GetReference(gradient);
        ref float b = ref MemoryMarshal.GetReference(buffer);
        nuint i = 0;
        for (; i + (nuint)Vector256<float>.Count <= (nuint)weights.Length; i += (nuint)Vector256<float>.Count)
        {
            Vector256<float> x = Vector256.LoadUnsafe(ref w, i);
            Vector256<float> d = s.Sign * Vector256.LoadUnsafe(ref g, i);
            d = s.WeightDecay == 0 ? d : d + (s.WeightDecay * x);
            if (_momentum != 0)
            {
                Vector256<float> m = update.Step == 0 ? d : (s.Momentum * Vector256.LoadUnsafe(ref b, i)) + (s.Kept * d);
                m.StoreUnsafe(ref b, i);
                d = _nesterov ? d + (s.Momentum * m) : m;
            }

            (x - (s.Rate * d)).StoreUnsafe(ref w, i);
        }

        for (; i < (nuint)weights.Length; i++)
        {
            float x = weights[(int)i];
            float d = s.Sign * gradient[(int)i];
            d = s.WeightDecay == 0 ? d : d + (s.WeightDecay * x);
            if (_momentum != 0)
            {
                float m = update.Step == 0 ? d : (s.Momentum * buffer[(int)i]) + (s.Kept * d);
                buffer[(int)i] = m;
                d = _nesterov ? d + (s.Momentum * m) : m;
            }

            weights[(int)i] = x - (s.Rate * d);
        }
    }

    private readonly struct Scalars(Sgd o, in UpdateStep update)
    {
        public readonly float Sign = o._maximize ? -1 : 1;
        public readonly float Rate = (float)update.LearningRate;
        public readonly float Momentum = (float)(update.Momentum ?? o._momentum);
        public readonly float Kept = (float)(1 - o._dampening);
        public readonly float WeightDecay = (float)(update.WeightDecay ?? o._weightDecay);
    }
}
