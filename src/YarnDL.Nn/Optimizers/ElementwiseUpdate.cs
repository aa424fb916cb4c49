using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace YarnDL.Nn;

/// <summary>Runs a rule over a slice. The last elements are padded to a full vector, so every element goes through the same instructions.</summary>
internal static class ElementwiseUpdate
{
    public static void Run<TRule>(in TRule rule, Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state)
        where TRule : struct, IUpdateRule
    {
        int n = weights.Length;
        Run(rule, weights, gradient[..n], State(state, 0, n), State(state, 1, n), State(state, 2, n));
    }

    /// <summary>-1, 0 or 1.</summary>
    public static Vector256<float> Sign(Vector256<float> x) => Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256<float>.Zero), Vector256<float>.One,
        Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), -Vector256<float>.One, Vector256<float>.Zero));

    private static Span<float> State(ReadOnlySpan<Memory<float>> state, int i, int n) => i < state.Length ? state[i].Span[..n] : default;

    private static void Run<TRule>(in TRule rule, Span<float> weights, ReadOnlySpan<float> gradient, Span<float> s0, Span<float> s1, Span<float> s2)
        where TRule : struct, IUpdateRule
    {
        int width = Vector256<float>.Count;
        int at = 0;
        for (; at + width <= weights.Length; at += width)
        {
            Eight(rule, weights, gradient, s0, s1, s2, at);
        }

        int rest = weights.Length - at;
        if (rest > 0)
        {
            Span<float> padded = stackalloc float[5 * width];
            padded.Clear();
            Span<float> w = padded[..width], g = padded.Slice(width, width), a = padded.Slice(2 * width, width), b = padded.Slice(3 * width, width), c = padded.Slice(4 * width, width);
            weights[at..].CopyTo(w);
            gradient[at..].CopyTo(g);
            Copy(s0, at, a);
            Copy(s1, at, b);
            Copy(s2, at, c);
            Eight(rule, w, g, s0.IsEmpty ? s0 : a, s1.IsEmpty ? s1 : b, s2.IsEmpty ? s2 : c, 0);
            w[..rest].CopyTo(weights[at..]);
            Back(a, s0, at, rest);
            Back(b, s1, at, rest);
            Back(c, s2, at, rest);
        }
    }

    private static void Eight<TRule>(in TRule rule, Span<float> weights, ReadOnlySpan<float> gradient, Span<float> s0, Span<float> s1, Span<float> s2, int at)
        where TRule : struct, IUpdateRule
    {
        Vector256<float> w = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(weights), (nuint)at);
        Vector256<float> g = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(gradient), (nuint)at);
        Vector256<float> a = Load(s0, at);
        Vector256<float> b = Load(s1, at);
        Vector256<float> c = Load(s2, at);
        rule.Apply(ref w, g, ref a, ref b, ref c);
        w.StoreUnsafe(ref MemoryMarshal.GetReference(weights), (nuint)at);
        Store(a, s0, at);
        Store(b, s1, at);
        Store(c, s2, at);
    }

    private static Vector256<float> Load(Span<float> s, int at) => s.IsEmpty ? Vector256<float>.Zero : Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(s), (nuint)at);

    private static void Store(Vector256<float> v, Span<float> s, int at)
    {
        if (!s.IsEmpty)
        {
            v.StoreUnsafe(ref MemoryMarshal.GetReference(s), (nuint)at);
        }
    }

    private static void Copy(Span<float> state, int at, Span<float> padded)
    {
        if (!state.IsEmpty)
        {
            state[at..].CopyTo(padded);
        }
    }

    private static void Back(Span<float> padded, Span<float> state, int at, int rest)
    {
        if (!state.IsEmpty)
        {
            padded[..rest].CopyTo(state[at..]);
        }
    }
}
