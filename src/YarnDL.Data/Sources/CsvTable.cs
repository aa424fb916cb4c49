using System.Text;
using YarnDL.Data.Lakes;
using YarnDL.Data.Lakes.DuckDb;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Sources;

/// <summary>CSV and TSV files with declared columns. With a header, columns are found by name and may come in any order; others are not read.</summary>
internal sealed class CsvTable : LakeTable
{
    /// <summary>No field holds this character: with it as delimiter a whole line is one field.</summary>
    private const string NoDelimiter = "\u001f";

    private readonly TextColumns _columns;
    private readonly IReadOnlyDictionary<string, string> _options;
    private readonly bool _header;

    internal CsvTable(TableSource source)
    {
        CheckOptions(source, "header", "delimiter", "quote", "escape", "null", "encoding", "decimal", "comment", "compression", "dateFormat", "timestampFormat");
        _columns = new TextColumns(source);
        foreach (Field field in _columns.Schema.Fields)
        {
            if (field.Children is not null)
            {
                throw new DataException(DataFault.Job, $"[csv] column '{field.Name}' is declared with a nested type; csv holds plain values only; declare it as string, or use json or parquet");
            }
        }

        _options = source.Options;
        _header = _options.GetValueOrDefault("header", "true").ToLowerInvariant() switch
        {
            "true" => true,
            "false" => false,
            string other => throw new DataException(DataFault.Job, $"[csv] header: '{other}' is not known; it must be true or false; correct it"),
        };
        Files = SourceFiles.Find("csv", source.Paths, out _);
        foreach (string file in Files)
        {
            if (file.EndsWith(".bz2", StringComparison.OrdinalIgnoreCase))
            {
                throw new DataException(DataFault.Input, $"[csv] {file} is compressed with bzip2; none, gzip and zstd are read; decompress it");
            }
        }
    }

    internal override string Name => $"csv {SourceFiles.Tell(Files)}";

    internal override IReadOnlyList<string> Files { get; }

    protected override string Remedy => "every line must hold the declared columns in their types; correct the line, the declaration or the options";

    internal override Relation Open(DuckDbSession session) =>
        _columns.Relate(Files, file => Reader(file, _header ? InFile(session, file) : _columns.Schema.Fields));

    /// <summary>The columns in the file's order, undeclared ones as text.</summary>
    private List<Field> InFile(DuckDbSession session, string file)
    {
        string? line = null;
        string call = $"read_csv({Sql.Text(file)}, auto_detect = false, columns = {{'line': 'VARCHAR'}}, delim = '{NoDelimiter}', quote = '', escape = '', header = false, strict_mode = false{Plain("encoding", "encoding")}{Plain("comment", "comment")}{Plain("compression", "compression")})";
        foreach (ColumnBatch batch in session.Read($"SELECT line FROM {call} WHERE trim(line) <> '' LIMIT 1"))
        {
            line = batch.Columns[0].Text(0);
        }

        if (line is null)
        {
            throw new DataException(DataFault.Input, $"[csv] {file} is empty; with header: true its first line must name the columns; set header: false, or leave the file out");
        }

        List<string> names = Split(line.TrimStart('\uFEFF'));
        List<Field> fields = [];
        foreach (string name in names)
        {
            Field? declared = Declared(name);
            string unique = declared?.Name ?? name;
            if (fields.Exists(f => string.Equals(f.Name, unique, StringComparison.OrdinalIgnoreCase)))
            {
                if (declared is not null)
                {
                    throw new DataException(DataFault.Input, $"[csv] {file}: two columns of the header are named '{name}'; declared columns must occur once; rename one in the file");
                }

                unique = $"{name}\u0001{fields.Count}";
            }

            fields.Add(declared ?? new Field(unique, ColumnType.Text));
        }

        foreach (Field field in _columns.Schema.Fields)
        {
            if (!fields.Contains(field))
            {
                string hint = Spelling.Nearest(field.Name, names) is { } near ? $"did you mean '{near}'?" : "check the header, the delimiter and the declaration";
                throw new DataException(DataFault.Input, $"[csv] {file}: the header ({string.Join(", ", names)}) has no column '{field.Name}'; every declared column must be there; {hint}");
            }
        }

        return fields;
    }

    private Field? Declared(string name)
    {
        Field? found = null;
        foreach (Field field in _columns.Schema.Fields)
        {
            if (field.Name == name)
            {
                return field;
            }

            found = string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase) ? field : found;
        }

        return found;
    }

    private string Reader(string file, IReadOnlyList<Field> fields)
    {
        string columns = string.Join(", ", fields.Select(static f => $"{Sql.Text(f.Name)}: {Sql.Text(TextColumns.ReadAs(f))}"));
        return $"read_csv({Sql.Text(file)}, auto_detect = false, columns = {{{columns}}}, header = {(_header ? "true" : "false")}, strict_mode = true, allow_quoted_nulls = false"
            + $", delim = {Sql.Text(Option("delimiter", ","))}, quote = {Sql.Text(Option("quote", "\""))}, escape = {Sql.Text(Option("escape", "\""))}, nullstr = {Sql.Text(Option("null", ""))}"
            + Plain("encoding", "encoding") + Plain("decimal", "decimal_separator") + Plain("comment", "comment") + Plain("compression", "compression")
            + Plain("dateFormat", "dateformat") + Plain("timestampFormat", "timestampformat") + ")";
    }

    private string Option(string name, string otherwise) => _options.GetValueOrDefault(name, otherwise).Replace("\\t", "\t", StringComparison.Ordinal);

    private string Plain(string name, string duck) => _options.TryGetValue(name, out string? value) ? $", {duck} = {Sql.Text(value)}" : "";

    private List<string> Split(string line)
    {
        string delimiter = Option("delimiter", ","), quote = Option("quote", "\""), escape = Option("escape", "\"");
        List<string> names = [];
        StringBuilder name = new();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (quoted && escape.Length == 1 && line[i] == escape[0] && i + 1 < line.Length && quote.Length == 1 && line[i + 1] == quote[0])
            {
                name.Append(line[++i]);
            }
            else if (quote.Length == 1 && line[i] == quote[0] && (quoted || name.Length == 0))
            {
                quoted = !quoted;
            }
            else if (!quoted && string.CompareOrdinal(line, i, delimiter, 0, delimiter.Length) == 0)
            {
                names.Add(name.ToString());
                name.Clear();
                i += delimiter.Length - 1;
            }
            else
            {
                name.Append(line[i]);
            }
        }

        names.Add(name.ToString().TrimEnd('\r'));
        return names;
    }
}
