namespace YarnDL.Nn;

/// <summary>What a loss has a term for, and so what its mean divides by.</summary>
public enum LossTerms
{
    /// <summary>Every element of the target.</summary>
    Elements,

    /// <summary>Every position: the target's shape without its last axis.</summary>
    Positions,

    /// <summary>Every row.</summary>
    Rows,
}
