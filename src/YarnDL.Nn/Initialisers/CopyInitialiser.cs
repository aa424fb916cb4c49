using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>Given numbers: weights of another model, word vectors.</summary>
internal sealed class CopyInitialiser(ReadOnlyMemory<float> numbers) : Initialiser
{
    public override void Fill(Span<float> values, Shape shape, ulong seed, int ordinal)
    {
        if (values.Length != numbers.Length)
        {
            throw new SpecException($"[initialiser] {numbers.Length} numbers for a tensor of shape {shape}; give {values.Length}");
        }

        numbers.Span.CopyTo(values);
    }
}
