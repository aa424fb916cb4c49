using YarnDL.Data.Rows;

namespace YarnDL.Data.Lakes;

/// <summary>What to read: a format and its paths (files, folders or globs), or SQL, or a table name.</summary>
public sealed record TableSource
{
    /// <summary>parquet, csv, json, idx, sql, table.</summary>
    public required string Format { get; init; }

    public IReadOnlyList<string> Paths { get; init; } = [];

    public string? Sql { get; init; }

    public string? Table { get; init; }

    /// <summary>Declared columns (CSV and JSON need them), as name and type text: bool, int, bigint, float, double, decimal(p,s), string, binary(base64), date, timestamp.</summary>
    public IReadOnlyList<(string Name, string Type)> Columns { get; init; } = [];

    /// <summary>Reader options by name: header, delimiter, quote, null, ... for csv.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();
}
