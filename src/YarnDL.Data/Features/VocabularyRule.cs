namespace YarnDL.Data.Features;

/// <summary>Which words a vocabulary keeps, and in which order.</summary>
internal sealed record VocabularyRule
{
    /// <summary>Names of the orders in options, by the values of <see cref="VocabularyOrder"/>.</summary>
    public static readonly string[] OrderNames = ["frequencyDesc", "alphabetAsc", "frequencyAsc", "alphabetDesc"];

    public VocabularyOrder Order { get; init; }

    /// <summary>So many words at most, the first ones.</summary>
    public int Most { get; init; } = int.MaxValue;

    /// <summary>Rarer words are left out.</summary>
    public long MinCount { get; init; } = 1;

    /// <summary>The first so many words are left out.</summary>
    public int SkipFirst { get; init; }

    public static VocabularyOrder OrderOf(string name) => (VocabularyOrder)Array.IndexOf(OrderNames, name);
}
