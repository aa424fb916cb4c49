using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>Another initialiser, then one row of zeros: the padding entry of an embedding.</summary>
internal sealed class ZeroRowInitialiser(Initialiser inner, long row) : Initialiser
{
    public override void Fill(Span<float> values, Shape shape, ulong seed, int ordinal)
    {
        inner.Fill(values, shape, seed, ordinal);
        int width = checked((int)shape.CountFrom(1));
        values.Slice(checked((int)row * width), width).Clear();
    }
}
