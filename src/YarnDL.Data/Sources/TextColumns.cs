using YarnDL.Data.Lakes;
using YarnDL.Data.Lakes.DuckDb;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Sources;

/// <summary>The declared columns of a CSV or JSON source, and how each is read and converted.</summary>
internal sealed class TextColumns
{
    internal TextColumns(TableSource source)
    {
        if (source.Columns.Count == 0)
        {
            throw new DataException(DataFault.Job, $"[{source.Format}] {string.Join(", ", source.Paths)}: no columns are declared; {source.Format} needs the names and types of its columns; add columns, for example columns: {{id: bigint}}, or --columns \"id: bigint\"");
        }

        List<Field> fields = [];
        foreach ((string name, string type) in source.Columns)
        {
            if (fields.Exists(f => f.Name == name))
            {
                throw new DataException(DataFault.Job, $"[{source.Format}] column '{name}' is declared twice; names must be unique; remove one");
            }

            Field field = DeclaredType.Parse(name, type);
            if (HoldsBinary(field.Children))
            {
                throw new DataException(DataFault.Job, $"[{source.Format}] column '{name}' is declared as '{type}'; binary(base64) is read at the top level only; declare it as string inside other types");
            }

            fields.Add(field);
        }

        Schema = new Schema(fields);
    }

    internal Schema Schema { get; }

    /// <summary>The type in which the reader hands out a column: text for binary, which is decoded after.</summary>
    internal static string ReadAs(Field field) => field.Type == ColumnType.Binary ? "VARCHAR" : DuckDbTypes.ToSql(field);

    /// <summary>The select list that gives the declared types.</summary>
    internal string Select() => string.Join(", ", Schema.Fields.Select(static f =>
        f.Type == ColumnType.Binary ? $"from_base64({Sql.Name(f.Name)}) AS {Sql.Name(f.Name)}" : Sql.Name(f.Name)));

    /// <summary>The relation of several files, each with its own reader call; rows are numbered within their file.</summary>
    internal Relation Relate(IReadOnlyList<string> files, Func<string, string> reader)
    {
        List<string> plain = [], positioned = [];
        foreach (string file in files)
        {
            string from = $"FROM {reader(file)}";
            plain.Add($"SELECT {Select()} {from}");
            positioned.Add($"SELECT {Select()}, {Sql.Text(file)} AS {Relation.File}, row_number() OVER () - 1 AS {Relation.Row} {from}");
        }

        string[] names = [.. Schema.Fields.Select(static f => f.Name)];
        return new Relation(Schema, names, string.Join(" UNION ALL ", plain), string.Join(" UNION ALL ", positioned));
    }

    private static bool HoldsBinary(IReadOnlyList<Field>? fields) =>
        fields is not null && fields.Any(static f => f.Type == ColumnType.Binary || HoldsBinary(f.Children));
}
