using System.Text;

namespace YarnDL.Data.Lakes.DuckDb;

/// <summary>DuckDB refused; the message is its own in one line. The lake turns it into a <see cref="DataException"/> that names the source.</summary>
internal sealed class DuckDbException(string message, string? remedy = null) : Exception(Shorten(message))
{
    /// <summary>What must hold and what to do, when it is not the table's usual.</summary>
    internal string? Remedy { get; } = remedy;

    /// <summary>The statement is wrong (not the data): unknown columns, syntax.</summary>
    internal bool IsStatement => Message.StartsWith("Binder Error", StringComparison.Ordinal) || Message.StartsWith("Parser Error", StringComparison.Ordinal)
        || Message.StartsWith("Catalog Error", StringComparison.Ordinal);

    /// <summary>The memory limit was reached.</summary>
    internal bool IsMemory => Message.StartsWith("Out of Memory", StringComparison.Ordinal);

    /// <summary>DuckDB's messages go on with hints on its own options and a copy of the statement; what is before tells the cause. Bytes of damaged files are left out.</summary>
    private static string Shorten(string message)
    {
        int end = message.Length;
        foreach (string hint in new[] { "\n\n", "\nPossible fixes", "\nPossible Solution", "\nTry setting", " Try setting '" })
        {
            int at = message.IndexOf(hint, StringComparison.Ordinal);
            end = at > 0 ? Math.Min(end, at) : end;
        }

        StringBuilder text = new();
        foreach (char c in message.AsSpan(0, Math.Min(end, 600)))
        {
            text.Append(char.IsControl(c) ? ' ' : c);
        }

        return text.Append(end > 600 ? "..." : "").ToString().Trim();
    }
}
