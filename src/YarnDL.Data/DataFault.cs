namespace YarnDL.Data;

/// <summary>What is wrong with the data or with what the job says of it.</summary>
public enum DataFault
{
    /// <summary>Path, table or column missing, or another type than the job needs.</summary>
    Input,

    /// <summary>Too many rows could not be encoded.</summary>
    BadRows,

    /// <summary>No input rows at all.</summary>
    Empty,

    /// <summary>The job asks for what cannot be.</summary>
    Job,
}
