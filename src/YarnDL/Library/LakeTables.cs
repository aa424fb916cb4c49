using YarnDL.Data.Lakes;

namespace YarnDL;

/// <summary>Where a selection of rows begins.</summary>
public static class LakeTables
{
    /// <summary>A named table of the lake.</summary>
    public static LakeRows Table(this ILake lake, string name) => new(lake, new TableSource { Format = "table", Table = name });

    /// <summary>Parquet files, folders or patterns.</summary>
    public static LakeRows Parquet(this ILake lake, params string[] paths) => new(lake, new TableSource { Format = "parquet", Paths = paths });

    /// <summary>Any source.</summary>
    public static LakeRows From(this ILake lake, TableSource source) => new(lake, source);
}
