using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace YarnDL.Nn;

/// <summary>The update that <see cref="Adam"/> and <see cref="AdamW"/> share. A schedule's momentum takes the place of beta1.</summary>
public abstract class AdamFamily : Optimizer
{
    private readonly string _name;
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _epsilon;
    private readonly double _weightDecay;
    private readonly bool _amsgrad;
    private readonly bool _maximize;

    private protected AdamFamily(string name, double learningRate, double beta1, double beta2, double epsilon, double weightDecay, bool amsgrad, bool maximize)
    {
        _name = name;
        LearningRate = Within(name, "learningRate", learningRate, 0, double.PositiveInfinity);
        _beta1 = Within(name, "beta1", beta1, 0, 1);
        _beta2 = Within(name, "beta2", beta2, 0, 1);
        _epsilon = Within(name, "epsilon", epsilon, 0, double.PositiveInfinity);
        _weightDecay = Within(name, "weightDecay", weightDecay, 0, double.PositiveInfinity);
        _amsgrad = amsgrad;
        _maximize = maximize;
    }

    public override Spec Spec => new(_name, new()
    {
        ["learningRate"] = LearningRate,
        ["beta1"] = _beta1,
        ["beta2"] = _beta2,
        ["epsilon"] = _epsilon,
        ["weightDecay"] = _weightDecay,
        ["amsgrad"] = _amsgrad,
        ["maximize"] = _maximize,
    });

    public override double LearningRate { get; }

    public override IReadOnlyList<string> StateNames => _amsgrad ? ["exp_avg", "exp_avg_sq", "max_exp_avg_sq"] : ["exp_avg", "exp_avg_sq"];

    /// <summary>True when the decay shrinks the weights themselves, false when it is added to the gradient.</summary>
    private protected abstract bool Decoupled { get; }

    public override void Update(Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update)
    {
        gradient = gradient[..weights.Length];
        Span<float> mean = state[0].Span[..weights.Length];
        Span<float> square = state[1].Span[..weights.Length];
        Span<float> largest = _amsgrad ? state[2].Span[..weights.Length] : default;
        var s = new Scalars(this, update);
        bool decay = (update.WeightDecay ?? _weightDecay) != 0;
        bool decoupled = Decoupled;
        ref float w = ref MemoryMarshal.GetReference(weights);
        ref float g = ref MemoryMarshal.GetReference(gradient);
        ref float m = ref MemoryMarshal.GetReference(mean);
        ref float v = ref MemoryMarshal.GetReference(square);
        ref float most = ref MemoryMarshal.GetReference(largest);
        Vector256<float> epsilon = Vector256.Create(s.Epsilon);
        nuint i = 0;
        for (; i + (nuint)Vector256<float>.Count <= (nuint)weights.Length; i += (nuint)Vector256<float>.Count)
        {
            Vector256<float> x = Vector256.LoadUnsafe(ref w, i);
            Vector256<float> d = s.Sign * Vector256.LoadUnsafe(ref g, i);
            if (decay)
            {
                (x, d) = decoupled ? (x * s.Shrink, d) : (x, d + (s.WeightDecay * x));
            }

            Vector256<float> a = Vector256.LoadUnsafe(ref m, i);
            a += s.OneLessBeta1 * (d - a);
            a.StoreUnsafe(ref m, i);
            Vector256<float> b = (s.Beta2 * Vector256.LoadUnsafe(ref v, i)) + (s.OneLessBeta2 * d * d);
            b.StoreUnsafe(ref v, i);
            if (_amsgrad)
            {
                b = Vector256.Max(Vector256.LoadUnsafe(ref most, i), b);
                b.StoreUnsafe(ref most, i);
            }

            Vector256<float> denominator = (Vector256.Sqrt(b) / s.SquareCorrection) + epsilon;
            (x - (s.StepSize * (a / denominator))).StoreUnsafe(ref w, i);
        }

        for (; i < (nuint)weights.Length; i++)
        {
            int k = (int)i;
            float x = weights[k];
            float d = s.Sign * gradient[k];
            if (decay)
            {
                (x, d) = decoupled ? (x * s.Shrink, d) : (x, d + (s.WeightDecay * x));
            }

            float a = mean[k];
            a += s.OneLessBeta1 * (d - a);
            mean[k] = a;
            float b = (s.Beta2 * square[k]) + (s.OneLessBeta2 * d * d);
            square[k] = b;
            if (_amsgrad)
            {
                b = MathF.Max(largest[k], b);
                largest[k] = b;
            }

            float denominator = (MathF.Sqrt(b) / s.SquareCorrection) + s.Epsilon;
            weights[k] = x - (s.StepSize * (a / denominator));
        }
    }

    /// <summary>What is the same for all elements, computed in double and rounded once.</summary>
    private readonly struct Scalars
    {
        public readonly float Sign;
        public readonly float Shrink;
        public readonly float WeightDecay;
        public readonly float OneLessBeta1;
        public readonly float Beta2;
        public readonly float OneLessBeta2;
        public readonly float SquareCorrection;
        public readonly float StepSize;
        public readonly float Epsilon;

        public Scalars(AdamFamily o, in UpdateStep update)
        {
            double beta1 = update.Momentum ?? o._beta1;
            Sign = o._maximize ? -1 : 1;
            Shrink = (float)(1 - (update.LearningRate * (update.WeightDecay ?? o._weightDecay)));
            WeightDecay = (float)(update.WeightDecay ?? o._weightDecay);
            OneLessBeta1 = (float)(1 - beta1);
            Beta2 = (float)o._beta2;
            OneLessBeta2 = (float)(1 - o._beta2);
            SquareCorrection = (float)Math.Sqrt(1 - IntegerPower.Of(o._beta2, update.Step + 1));
            StepSize = (float)(update.LearningRate / (1 - IntegerPower.Of(beta1, update.Step + 1)));
            Epsilon = (float)o._epsilon;
        }
    }
}
