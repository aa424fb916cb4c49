namespace YarnDL.Data.Lakes;

/// <summary>Which columns (null = all) and rows of a source: a SQL condition that may use <c>_file</c> and <c>_row</c> where the source has an order.</summary>
public sealed record ReadRequest(IReadOnlyList<string>? Columns = null, string? Filter = null);
