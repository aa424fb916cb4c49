namespace YarnDL.Graphs;

/// <summary>What an operator does along the row axis.</summary>
public enum RowBehaviour
{
    /// <summary>Output row r depends on input row r only (and on parameters).</summary>
    PerRow,

    /// <summary>The row axis disappears: summed per segment, segments joined by the tree.</summary>
    Reduces,

    /// <summary>Output rows depend on other rows of the same segment, as batch normalisation does in training.</summary>
    Mixes,
}
