namespace YarnDL.Nn;

/// <summary>A stack of <see cref="TransformerDecoderLayer"/>, named <c>layers.0</c> and on, then perhaps a layer norm <c>norm</c>: targets (N, T, E) and memory (N, S, E) to (N, T, E).</summary>
/// <param name="count">Layers.</param>
/// <param name="heads">Heads; they divide E.</param>
/// <param name="feedForward">Width of the hidden layers.</param>
/// <param name="activation">relu or gelu.</param>
/// <param name="normFirst">Norms before the parts.</param>
/// <param name="causal">A position sees no later one.</param>
/// <param name="dropout">See the layer.</param>
/// <param name="finalNorm">A norm on the result.</param>
public sealed class TransformerDecoder(int count, long heads, long feedForward = 2048, string activation = "relu", bool normFirst = false, bool causal = true,
    double dropout = 0, bool finalNorm = false)
    : TransformerStack([.. Enumerable.Range(0, count).Select(_ => new TransformerDecoderLayer(heads, feedForward, activation, normFirst, causal, dropout))], finalNorm);
