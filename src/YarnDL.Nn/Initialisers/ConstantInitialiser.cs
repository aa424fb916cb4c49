using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>One value everywhere.</summary>
internal sealed class ConstantInitialiser(float value) : Initialiser
{
    public override void Fill(Span<float> values, Shape shape, ulong seed, int ordinal) => values.Fill(value);
}
