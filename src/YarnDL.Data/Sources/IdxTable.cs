using YarnDL.Data.Lakes;
using YarnDL.Data.Lakes.DuckDb;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Sources;

/// <summary>
/// One idx file, or a pair [images, labels]. Columns: unsigned bytes in three dimensions are <c>pixels</c> (binary, height * width bytes), <c>height</c>,
/// <c>width</c>; one dimension is <c>label</c>; anything else is <c>values</c> (list). A pair adds the second file's <c>label</c>.
/// </summary>
internal sealed class IdxTable : LakeTable
{
    private const int BatchRows = 2048;
    private readonly IReadOnlyList<string> _paths;

    internal IdxTable(TableSource source)
    {
        CheckOptions(source);
        _paths = SourceFiles.Find("idx", source.Paths, out _);
        if (_paths.Count > 2 || (source.Paths.Count == 2 && !_paths[0].Equals(Path.GetFullPath(source.Paths[0]), StringComparison.Ordinal)))
        {
            throw new DataException(DataFault.Job, $"[idx] {string.Join(", ", source.Paths)}: {_paths.Count} files; idx reads one file or the pair [images, labels]; name these files");
        }
    }

    internal override string Name => $"idx {SourceFiles.Tell(_paths)}";

    /// <summary>DuckDB opens none: the rows are put into a table of the session.</summary>
    internal override IReadOnlyList<string> Files => [];

    protected override string Remedy => "it must be a whole idx file; fetch or write it again";

    internal override Relation Open(DuckDbSession session)
    {
        using IdxFile first = new(_paths[0]);
        using IdxFile? second = _paths.Count == 2 ? new(_paths[1]) : null;
        List<Field> fields = FieldsOf(first);
        if (second is not null)
        {
            CheckPair(first, second);
            fields.Add(new Field("label", second.Type));
        }

        Schema schema = new(fields), stored = new([.. fields, new Field(Relation.Row, ColumnType.Int64)]);
        string table = $"idx_{session.NextNumber()}";
        session.Execute($"CREATE TEMP TABLE {table} ({string.Join(", ", stored.Fields.Select(static f => $"{Sql.Name(f.Name)} {DuckDbTypes.ToSql(f)}"))})");
        using (DuckDbAppender appender = session.Append(table, stored))
        {
            Load(first, second, stored, appender);
            appender.Close();
        }

        first.ReadEnd();
        second?.ReadEnd();
        string[] names = [.. fields.Select(static f => f.Name)];
        string list = string.Join(", ", names.Select(Sql.Name));
        return new Relation(schema, names, $"SELECT {list} FROM {table}", $"SELECT {list}, {Sql.Text(_paths[0])} AS {Relation.File}, {Relation.Row} FROM {table}");
    }

    private static List<Field> FieldsOf(IdxFile file) => (file.Type, file.Sizes.Length) switch
    {
        (ColumnType.UInt8, 3) => [new("pixels", ColumnType.Binary), new("height", ColumnType.Int32), new("width", ColumnType.Int32)],
        (_, 1) => [new("label", file.Type)],
        _ => [new("values", ColumnType.List, [new Field("element", file.Type)])],
    };

    private void CheckPair(IdxFile first, IdxFile second)
    {
        if (second.Sizes.Length != 1 || first.Sizes.Length == 1)
        {
            throw new DataException(DataFault.Input, $"[idx] {_paths[0]} has {first.Sizes.Length} dimensions and {_paths[1]} {second.Sizes.Length}; a pair is [images, labels], labels with one dimension; swap or correct the paths");
        }

        if (first.Rows != second.Rows)
        {
            throw new DataException(DataFault.Input, $"[idx] {_paths[0]} has {first.Rows} rows and {_paths[1]} {second.Rows}; a pair must have as many labels as images; check that the files belong together");
        }
    }

    private static void Load(IdxFile first, IdxFile? second, Schema stored, DuckDbAppender appender)
    {
        bool images = stored.Fields[0].Type == ColumnType.Binary;
        // Enough rows for speed, at most about 16 MiB at once.
        int most = (int)Math.Clamp((16 << 20) / Math.Max(1L, first.RowBytes), 1, BatchRows);
        byte[] row = new byte[first.RowBytes], label = new byte[second?.RowBytes ?? 0];
        ColumnBuilder[] builders = [.. stored.Fields.Select(static f => new ColumnBuilder(f))];
        for (long number = 0; number < first.Rows; number++)
        {
            first.ReadRow(row);
            int column = 0;
            if (images)
            {
                builders[column++].AppendBytes(row);
                builders[column++].Append(first.Sizes[1]);
                builders[column++].Append(first.Sizes[2]);
            }
            else if (first.Sizes.Length == 1)
            {
                builders[column++].AppendRaw(row);
            }
            else
            {
                builders[column].Child(0).AppendRaw(row);
                builders[column++].Close();
            }

            if (second is not null)
            {
                second.ReadRow(label);
                builders[column++].AppendRaw(label);
            }

            builders[column].Append(number);
            if (builders[column].Rows == most || number == first.Rows - 1)
            {
                int rows = builders[column].Rows;
                appender.Write(new ColumnBatch(stored, rows, [.. builders.Select(static b => b.Build())]));
            }
        }
    }
}
