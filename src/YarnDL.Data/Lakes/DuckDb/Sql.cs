using System.Text;

namespace YarnDL.Data.Lakes.DuckDb;

/// <summary>Quoting for SQL texts.</summary>
internal static class Sql
{
    /// <summary>A quoted identifier.</summary>
    internal static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A quoted text.</summary>
    internal static string Text(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A list of quoted texts.</summary>
    internal static string Texts(IEnumerable<string> texts)
    {
        StringBuilder sql = new("[");
        foreach (string text in texts)
        {
            sql.Append(sql.Length > 1 ? ", " : "").Append(Text(text));
        }

        return sql.Append(']').ToString();
    }
}
