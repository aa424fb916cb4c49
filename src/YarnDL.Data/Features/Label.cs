namespace YarnDL.Data.Features;

/// <summary>What a model is to predict.</summary>
public static class Label
{
    /// <summary>Integer labels as they are, or text labels by their place in the sorted vocabulary: int64.</summary>
    public static LabelIndexFeature Index(string column) => new(column, column, null, null);

    /// <summary>A number to be met: float32 (1).</summary>
    public static LabelValueFeature Value(string column) => new(column, column);
}
