namespace YarnDL.Tensors;

/// <summary>Four random words.</summary>
public readonly record struct PhiloxWords(uint W0, uint W1, uint W2, uint W3)
{
    /// <summary>Word 0..3.</summary>
    public uint this[int i] => i switch
    {
        0 => W0,
        1 => W1,
        2 => W2,
        3 => W3,
        _ => throw new ArgumentOutOfRangeException(nameof(i)),
    };
}
