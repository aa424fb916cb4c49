using YarnDL.Data;
using YarnDL.Data.Rows;

namespace YarnDL.Spark.Lakes;

/// <summary>Declared types as Spark's DDL.</summary>
internal static class SparkDdl
{
    /// <exception cref="DataException">Spark has no such type.</exception>
    public static string Type(Field f) => f.Type switch
    {
        ColumnType.Bool => "BOOLEAN",
        ColumnType.Int8 => "TINYINT",
        ColumnType.Int16 => "SMALLINT",
        ColumnType.Int32 => "INT",
        ColumnType.Int64 => "BIGINT",
        ColumnType.Float32 => "FLOAT",
        ColumnType.Float64 => "DOUBLE",
        ColumnType.Decimal => $"DECIMAL({f.Precision},{f.Scale})",
        ColumnType.Text => "STRING",
        ColumnType.Date => "DATE",
        ColumnType.Timestamp => "TIMESTAMP",
        ColumnType.List => $"ARRAY<{Type(f.Children![0])}>",
        ColumnType.Map => $"MAP<{Type(f.Children![0])}, {Type(f.Children![1])}>",
        ColumnType.Struct => $"STRUCT<{string.Join(", ", f.Children!.Select(c => $"`{c.Name.Replace("`", "``", StringComparison.Ordinal)}`: {Type(c)}"))}>",
        _ => throw new DataException(DataFault.Job, $"[lake] Spark reads no column of type {f.Type.ToString().ToLowerInvariant()}, as declared for {f.Name}; declare another type"),
    };
}
