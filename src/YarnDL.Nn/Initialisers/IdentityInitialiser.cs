using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>1 where the two indices of a matrix are equal, else 0.</summary>
internal sealed class IdentityInitialiser : Initialiser
{
    public override void Fill(Span<float> values, Shape shape, ulong seed, int ordinal)
    {
        if (shape.Rank != 2)
        {
            throw new SpecException($"[initialiser] identity fills matrices, the parameter is {shape}; choose another initialiser", "type");
        }

        for (int i = 0; i < values.Length; i++)
        {
            values[i] = i / shape[1] == i % shape[1] ? 1 : 0;
        }
    }
}
