using YarnDL.Data.Lakes;
using YarnDL.Data.Lakes.DuckDb;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Sources;

/// <summary>JSON lines, or one JSON array of objects per file, with declared columns; a key that is missing is null, an undeclared one is not read.</summary>
internal sealed class JsonTable : LakeTable
{
    private readonly TextColumns _columns;
    private readonly string _layout;

    internal JsonTable(TableSource source)
    {
        CheckOptions(source, "layout");
        _columns = new TextColumns(source);
        _layout = source.Options.GetValueOrDefault("layout", "lines") switch
        {
            "lines" => "newline_delimited",
            "array" => "array",
            string other => throw new DataException(DataFault.Job, $"[json] layout: '{other}' is not known; it must be lines or array; correct it"),
        };
        Files = SourceFiles.Find("json", source.Paths, out _);
        foreach (string file in Files)
        {
            if (file.EndsWith(".bz2", StringComparison.OrdinalIgnoreCase))
            {
                throw new DataException(DataFault.Input, $"[json] {file} is compressed with bzip2; none, gzip and zstd are read; decompress it");
            }
        }
    }

    internal override string Name => $"json {SourceFiles.Tell(Files)}";

    internal override IReadOnlyList<string> Files { get; }

    protected override string Remedy => "every line (or array element) must be an object with values of the declared types; correct the file or the declaration";

    internal override Relation Open(DuckDbSession session)
    {
        string columns = string.Join(", ", _columns.Schema.Fields.Select(static f => $"{Sql.Text(f.Name)}: {Sql.Text(TextColumns.ReadAs(f))}"));
        return _columns.Relate(Files, file => $"read_json({Sql.Text(file)}, auto_detect = false, columns = {{{columns}}}, format = '{_layout}', records = true)");
    }
}
