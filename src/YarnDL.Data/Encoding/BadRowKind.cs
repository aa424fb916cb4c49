namespace YarnDL.Data.Encoding;

/// <summary>What happens to a row that cannot be encoded.</summary>
public enum BadRowKind
{
    /// <summary>The first one ends the job.</summary>
    Fail,

    /// <summary>It is set aside with its reason; too many end the job.</summary>
    Quarantine,

    /// <summary>It is counted and left out.</summary>
    Drop,
}
