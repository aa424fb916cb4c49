using System.Globalization;

namespace YarnDL.Data.Rows;

/// <summary>Reads the type texts of job files.</summary>
public static class DeclaredType
{
    private static readonly (string Name, ColumnType Type)[] Names =
    [
        ("bool", ColumnType.Bool), ("boolean", ColumnType.Bool), ("tinyint", ColumnType.Int8), ("smallint", ColumnType.Int16), ("short", ColumnType.Int16),
        ("int", ColumnType.Int32), ("integer", ColumnType.Int32), ("bigint", ColumnType.Int64), ("long", ColumnType.Int64), ("utinyint", ColumnType.UInt8),
        ("usmallint", ColumnType.UInt16), ("uint", ColumnType.UInt32), ("ubigint", ColumnType.UInt64), ("float", ColumnType.Float32),
        ("double", ColumnType.Float64), ("string", ColumnType.Text), ("text", ColumnType.Text), ("binary(base64)", ColumnType.Binary),
        ("date", ColumnType.Date), ("timestamp", ColumnType.Timestamp), ("time", ColumnType.Time),
    ];

    /// <summary>The field of a declared column: bool, tinyint, smallint, int, bigint, float, double, decimal(p,s), string, binary(base64), date, timestamp, time, array&lt;T&gt;, map&lt;K,V&gt;, struct&lt;name:T,...&gt;.</summary>
    /// <exception cref="DataException">Not a type text; fault Job.</exception>
    public static Field Parse(string name, string text)
    {
        string all = text.Trim();
        int at = 0;
        Field field = Read(name, all, ref at, name);
        return at == all.Length ? field : throw Wrong(name, all, $"'{all[at..]}' follows the type");
    }

    private static Field Read(string name, string text, ref int at, string column)
    {
        Skip(text, ref at);
        int start = at;
        while (at < text.Length && text[at] is not ('<' or '>' or ',' or '(' or ' '))
        {
            at++;
        }

        string word = text[start..at].ToLowerInvariant();
        if (at < text.Length && text[at] == '(')
        {
            int end = text.IndexOf(')', at);
            string inside = end < 0 ? throw Wrong(column, text, "a ')' is missing") : text[(at + 1)..end];
            at = end + 1;
            if (word == "decimal")
            {
                string[] parts = inside.Split(',');
                int scale = 0;
                if (parts.Length > 2 || !Number(parts[0], out int precision) || (parts.Length == 2 && !Number(parts[1], out scale))
                    || precision is < 1 or > 38 || scale > precision)
                {
                    throw Wrong(column, text, "decimal(p,s) needs 1 <= p <= 38 and 0 <= s <= p");
                }

                return new Field(name, ColumnType.Decimal, null, precision, scale);
            }

            word = $"{word}({inside.Trim().ToLowerInvariant()})";
        }
        else if (at < text.Length && text[at] == '<')
        {
            at++;
            return Nested(name, word, text, ref at, column);
        }

        foreach ((string known, ColumnType type) in Names)
        {
            if (known == word)
            {
                return new Field(name, type);
            }
        }

        if (word == "binary")
        {
            throw Wrong(column, text, "text formats hold no raw bytes; declare binary(base64)");
        }

        string hint = Spelling.Nearest(word, [.. Names.Select(static n => n.Name), "decimal", "array", "map", "struct"]) is { } near ? $"; did you mean '{near}'?" : "";
        throw Wrong(column, text, $"'{word}' is no type{hint}");
    }

    private static Field Nested(string name, string word, string text, ref int at, string column)
    {
        List<Field> children = [];
        while (true)
        {
            string child = word is "array" or "list" ? "element" : children.Count == 0 ? "key" : "value";
            if (word == "struct")
            {
                Skip(text, ref at);
                int colon = text.IndexOf(':', at);
                child = colon < 0 ? throw Wrong(column, text, "a struct's field is written name:type") : text[at..colon].Trim();
                at = colon + 1;
            }

            children.Add(Read(child, text, ref at, column));
            Skip(text, ref at);
            if (at < text.Length && text[at] == ',')
            {
                at++;
                continue;
            }

            if (at >= text.Length || text[at] != '>')
            {
                throw Wrong(column, text, "a '>' is missing");
            }

            at++;
            Skip(text, ref at);
            return (word, children.Count) switch
            {
                ("array" or "list", 1) => new Field(name, ColumnType.List, children),
                ("map", 2) => new Field(name, ColumnType.Map, children),
                ("struct", _) => new Field(name, ColumnType.Struct, children),
                _ => throw Wrong(column, text, $"{word}<...> with {children.Count} inside is no type"),
            };
        }
    }

    private static bool Number(string text, out int value) => int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static void Skip(string text, ref int at)
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }
    }

    private static DataException Wrong(string column, string text, string why) =>
        new(DataFault.Job, $"[column] '{column}' is declared as '{text}': {why}; a declared type is one of bool, int, bigint, float, double, decimal(p,s), string, binary(base64), date, timestamp, array<T>, struct<name:T,...>, map<K,V>; correct the declaration");
}
