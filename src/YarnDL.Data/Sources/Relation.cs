using YarnDL.Data.Rows;

namespace YarnDL.Data.Sources;

/// <summary>A source as a query of an open session.</summary>
/// <param name="Schema">Names and types as the source has them.</param>
/// <param name="SqlNames">The columns' names in <paramref name="Sql"/>: other than the source's where those differ only in case or are empty.</param>
/// <param name="Sql">A SELECT with these columns.</param>
/// <param name="SqlWithPosition">The same with _file (path) and _row (from 0 in each file) added; null for a source without order.</param>
internal sealed record Relation(Schema Schema, IReadOnlyList<string> SqlNames, string Sql, string? SqlWithPosition)
{
    /// <summary>A file whose days and instants before 1582-10-15 count in another calendar; null when there is none.</summary>
    internal string? HybridCalendarFile { get; init; }

    /// <summary>The column with the path of the row's file.</summary>
    internal const string File = "_file";

    /// <summary>The column with the row's number in its file, from 0.</summary>
    internal const string Row = "_row";
}
