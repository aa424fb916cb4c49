namespace YarnDL.Tensors.Kernels;

/// <summary>What a reduction makes of its terms.</summary>
public enum Reduction
{
    /// <summary>Their sum; 0 of none.</summary>
    Sum = 0,

    /// <summary>Their sum divided by their number; NaN of none.</summary>
    Mean = 1,

    /// <summary>The largest; NaN if one is NaN; -Infinity of none.</summary>
    Max = 2,

    /// <summary>The smallest; NaN if one is NaN; +Infinity of none.</summary>
    Min = 3,
}
