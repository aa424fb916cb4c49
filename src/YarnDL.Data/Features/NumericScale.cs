namespace YarnDL.Data.Features;

/// <summary>How numbers are scaled by what the training rows hold.</summary>
public enum NumericScale
{
    /// <summary>As they are.</summary>
    None,

    /// <summary>(x - mean) / s with the sample standard deviation s (n - 1); 0 where s is 0.</summary>
    Standard,

    /// <summary>(x - min) / (max - min); 0 where max = min.</summary>
    MinMax,

    /// <summary>x / max |x|; 0 where that is 0.</summary>
    MaxAbs,

    /// <summary>(x - mean) / s with the standard deviation s of the rows as a whole (n); 0 where s is 0.</summary>
    Population,
}
