namespace YarnDL.Data.Features;

/// <summary>What stands for a missing number (null or NaN).</summary>
public enum NumericFill
{
    /// <summary>Nothing: it is a bad value.</summary>
    None,

    /// <summary>A given number.</summary>
    Value,

    /// <summary>The mean of the training rows' numbers.</summary>
    Mean,

    /// <summary>Their median: the smallest whose rank is at least half of their count.</summary>
    Median,

    /// <summary>The smallest of the most frequent.</summary>
    Mode,
}
