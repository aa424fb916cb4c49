using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>Fills a parameter with its first values: a function of shape, seed and the parameter's ordinal only.</summary>
public abstract class Initialiser
{
    public abstract void Fill(Span<float> values, Shape shape, ulong seed, int ordinal);
}
