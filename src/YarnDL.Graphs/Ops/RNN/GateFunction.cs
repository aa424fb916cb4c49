using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops.Recurrent;

/// <summary>An activation of a recurrent layer; its slope is a function of its result.</summary>
internal readonly unsafe struct GateFunction
{
    private readonly Kind _kind;
    private readonly float _alpha;
    private readonly float _beta;

    private GateFunction(Kind kind, float alpha, float beta)
    {
        _kind = kind;
        _alpha = alpha;
        _beta = beta;
    }

    private enum Kind
    {
        Sigmoid,
        Tanh,
        Relu,
        HardSigmoid,
    }

    /// <summary>The activations of a node, direction by direction; the given names where it has none.</summary>
    public static GateFunction[] Of(Attributes a, int directions, params ReadOnlySpan<string> names)
    {
        var functions = new GateFunction[directions * names.Length];
        string[]? given = a.Find<string[]>("activations");
        float[] alphas = a.Find<float[]>("activation_alpha") ?? [];
        float[] betas = a.Find<float[]>("activation_beta") ?? [];
        int alpha = 0;
        int beta = 0;
        for (int i = 0; i < functions.Length; i++)
        {
            string name = given is null ? names[i % names.Length] : i < given.Length ? given[i]
                : throw new GraphException($"[recurrent] {given.Length} activations are given; give {functions.Length}, those of one direction after those of the other");
            functions[i] = name.ToUpperInvariant() switch
            {
                "SIGMOID" => new(Kind.Sigmoid, 0, 0),
                "TANH" => new(Kind.Tanh, 0, 0),
                "RELU" => new(Kind.Relu, 0, 0),
                "HARDSIGMOID" => new(Kind.HardSigmoid, alpha < alphas.Length ? alphas[alpha++] : 0.2f, beta < betas.Length ? betas[beta++] : 0.5f),
                _ => throw new GraphException($"[recurrent] activation {name} is not supported; use Sigmoid, Tanh, Relu or HardSigmoid"),
            };
        }

        return functions;
    }

    /// <summary>Replaces x by the function of x; every element goes through the vector form.</summary>
    public void Apply(float* x, long count)
    {
        long i = 0;
        for (; i + 8 <= count; i += 8)
        {
            Invoke(Vector256.Load(x + i)).Store(x + i);
        }

        if (i < count)
        {
            float* part = stackalloc float[8];
            for (long k = 0; k < 8; k++)
            {
                part[k] = i + k < count ? x[i + k] : 0;
            }

            Invoke(Vector256.Load(part)).Store(part);
            for (long k = 0; i + k < count; k++)
            {
                x[i + k] = part[k];
            }
        }
    }

    /// <summary>The slope where the result is y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Slope(float y) => _kind switch
    {
        Kind.Sigmoid => y * (1 - y),
        Kind.Tanh => 1 - (y * y),
        Kind.Relu => y > 0 ? 1 : 0,
        _ => y > 0 && y < 1 ? _alpha : 0,
    };

    /// <summary>The same of eight results.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Slope(Vector256<float> y) => _kind switch
    {
        Kind.Sigmoid => y * (Vector256<float>.One - y),
        Kind.Tanh => Vector256<float>.One - (y * y),
        Kind.Relu => Vector256.GreaterThan(y, Vector256<float>.Zero) & Vector256<float>.One,
        _ => Vector256.GreaterThan(y, Vector256<float>.Zero) & Vector256.LessThan(y, Vector256<float>.One) & Vector256.Create(_alpha),
    };

    private Vector256<float> Invoke(Vector256<float> x) => _kind switch
    {
        Kind.Sigmoid => Maths.Sigmoid(x),
        Kind.Tanh => Maths.Tanh(x),
        Kind.Relu => Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), Vector256<float>.Zero, x),
        _ => Vector256.Min(Vector256.Max((x * _alpha) + Vector256.Create(_beta), Vector256<float>.Zero), Vector256<float>.One),
    };
}
