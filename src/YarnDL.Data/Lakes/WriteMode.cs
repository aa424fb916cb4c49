namespace YarnDL.Data.Lakes;

/// <summary>What happens to rows that are there.</summary>
public enum WriteMode
{
    /// <summary>A target that exists is an error.</summary>
    Create,
    Append,
    Overwrite,
}
