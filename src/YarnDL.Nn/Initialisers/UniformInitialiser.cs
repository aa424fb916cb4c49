using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>Uniform numbers between bounds that may depend on the shape: low + (high - low)·u with u of 24 bits, in double, rounded once.</summary>
internal sealed class UniformInitialiser(Func<Shape, (double Low, double High)> bounds) : Initialiser
{
    public override void Fill(Span<float> values, Shape shape, ulong seed, int ordinal)
    {
        (double low, double high) = bounds(shape);
        var words = new InitWords(seed, ordinal);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(low + ((high - low) * ((words[i] >> 8) * (1.0 / (1 << 24)))));
        }
    }
}
