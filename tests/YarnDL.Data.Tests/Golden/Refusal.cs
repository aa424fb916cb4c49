using System.Text.Json;

namespace YarnDL.Data.Tests.Golden;

/// <summary>Checks what a damaged file leads to.</summary>
internal static class Refusal
{
    /// <summary>Null when reading was refused naming the file, or gave rows where the entry allows rows.</summary>
    internal static string? Check(JsonElement entry, string path, Func<long> read)
    {
        string must = entry.GetProperty("must").GetString()!;
        bool rowsAllowed = must.Contains("row", StringComparison.Ordinal) || must.Contains(" or ", StringComparison.Ordinal);
        try
        {
            long rows = read();
            return rowsAllowed ? null : $"{rows} rows were read, but it must be: {must}";
        }
        catch (DataException e)
        {
            return must.StartsWith("rows", StringComparison.Ordinal) ? $"refused, but it must be: {must}: {e.Message}"
                : e.Fault != DataFault.Input ? $"fault {e.Fault}: {e.Message}"
                : !e.Message.Contains(path) ? $"the message does not name the file: {e.Message}"
                : e.Message.Contains('\n') ? $"several lines: {e.Message}" : null;
        }
    }
}
