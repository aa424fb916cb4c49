using YarnDL.Data.Files;
using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Sinks;

/// <summary>Starts the writer of a target's format.</summary>
internal static class TableWriters
{
    internal static ITableWriter Open(TableSource target, Schema schema, WriteMode mode, EmbeddedLakeOptions options, IFileStore store) => throw new NotImplementedException();
}
