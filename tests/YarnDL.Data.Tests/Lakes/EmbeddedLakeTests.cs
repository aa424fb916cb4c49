using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Tests.Lakes;

public sealed class EmbeddedLakeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EmbeddedLake _lake = new();

    public void Dispose()
    {
        _lake.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_filter_may_use_the_file_and_the_row_number()
    {
        TableSource csv = Csv(("a.csv", "id,name\n1,x\n2,y\n3,z\n"), ("b.csv", "name,id\nu,4\nv,5\n"));
        Assert.Equal([1, 2, 4, 5], Ids(csv, "_row < 2"));
        Assert.Equal([5], Ids(csv, "_file LIKE '%b.csv' AND _row = 1"));
        ColumnBatch batch = Assert.Single(_lake.Read(csv with { Paths = [_folder["b.csv"]] }, new ReadRequest(["_row", "NAME", "_file"])));
        Assert.Equal(["_row", "name", "_file"], batch.Schema.Fields.Select(static f => f.Name));
        Assert.Equal((1L, "v", _folder["b.csv"]), (batch.Columns[0].As<long>()[1], batch.Columns[1].Text(1), batch.Columns[2].Text(1)));
    }

    [Fact]
    public void Parquet_files_number_their_rows_each_for_itself_and_folders_give_partitions()
    {
        Schema schema = new([new("id", ColumnType.Int32)]);
        for (int file = 0; file < 2; file++)
        {
            ColumnBuilder ids = new(schema.Fields[0]);
            for (int i = 0; i < 3; i++)
            {
                ids.Append((10 * file) + i);
            }

            using ITableWriter writer = _lake.Write(new TableSource { Format = "parquet", Paths = [_folder[$"t/day={file + 1}/part.parquet"]] }, schema, WriteMode.Create);
            writer.Write(new ColumnBatch(schema, 3, [ids.Build()]));
            writer.Commit();
        }

        TableSource source = new() { Format = "parquet", Paths = [_folder["t"]] };
        Assert.Equal([0, 10], Ids(source, "_row = 0").Order());
        Assert.Equal([11, 12], Ids(source, "day = 2 AND _row >= 1").Order());
        ColumnBatch batch = Assert.Single(_lake.Read(source, new ReadRequest(["_file", "id", "_row"], "id = 12")));
        Assert.Equal((_folder["t/day=2/part.parquet"], 2L), (batch.Columns[0].Text(0), batch.Columns[2].As<long>()[0]));
        Assert.Equal(6, Ids(source with { Paths = [_folder["t/*/*.parquet"]] }).Length);
        Assert.Equal(6, Ids(source with { Paths = [_folder["**"], _folder["t/day=1"]] }).Length);
    }

    [Fact]
    public void A_wrong_filter_is_the_jobs_fault_and_a_wrong_column_the_inputs()
    {
        TableSource csv = Csv(("a.csv", "id,name\n1,x\n"));
        DataException e = Refused(() => Ids(csv, "idd < 2"));
        Assert.Equal(DataFault.Job, e.Fault);
        Assert.StartsWith("[filter] 'idd < 2': Binder Error: ", e.Message);
        Assert.Equal(DataFault.Job, Refused(() => Ids(csv, "id < ")).Fault);
        e = Refused(() => _lake.Read(csv, new ReadRequest(["nam"])).Count());
        Assert.Equal(DataFault.Input, e.Fault);
        Assert.Contains("did you mean 'name'?", e.Message);
        Assert.Contains("no order of rows", Refused(() => new EmbeddedLake().Read(new TableSource { Format = "sql", Sql = "SELECT 1 AS a" }, new ReadRequest(null, "_row < 3")).Count()).Message);
    }

    [Fact]
    public void A_wrong_value_is_told_with_file_line_and_column()
    {
        DataException e = Refused(() => Ids(Csv(("a.csv", "id,name\n1,x\ntwo,y\n"))));
        Assert.Equal(DataFault.Input, e.Fault);
        Assert.Contains(_folder["a.csv"], e.Message);
        Assert.Contains("Line: 3", e.Message);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void A_wrong_value_after_many_good_ones_is_told_too()
    {
        string rows = string.Join('\n', Enumerable.Range(0, 30_000).Select(static i => i == 29_000 ? "x,y" : $"{i},n"));
        Assert.Contains("29002", Refused(() => Ids(Csv(("a.csv", "id,name\n" + rows)))).Message);
    }

    [Fact]
    public void A_header_that_lacks_a_declared_column_is_told_with_the_nearest_name()
    {
        DataException e = Refused(() => Ids(Csv(("a.csv", "id,nmae\n1,x\n"))));
        Assert.Contains("the header (id, nmae) has no column 'name'", e.Message);
        Assert.Contains("did you mean 'nmae'?", e.Message);
    }

    [Fact]
    public void Missing_paths_empty_folders_and_empty_tables_are_told_apart()
    {
        DataException e = Refused(() => _lake.Describe(new TableSource { Format = "parquet", Paths = [_folder["none"]] }));
        Assert.Equal((DataFault.Input, true), (e.Fault, e.Message.Contains("does not exist")));
        Directory.CreateDirectory(_folder["empty"]);
        File.WriteAllText(_folder["empty/_SUCCESS"], "");
        Assert.Equal(DataFault.Empty, Refused(() => _lake.Describe(new TableSource { Format = "parquet", Paths = [_folder["empty"]] })).Fault);
        Assert.Equal(DataFault.Empty, Refused(() => _lake.Describe(new TableSource { Format = "parquet", Paths = [_folder["*.parquet"]] })).Fault);
        Assert.Empty(Ids(Csv(("a.csv", "id,name\n"))));
    }

    [Fact]
    public void Sql_reads_named_tables_and_no_other_file()
    {
        TableSource csv = Csv(("a.csv", "id,name\n1,x\n2,y\n"));
        using EmbeddedLake lake = new(new EmbeddedLakeOptions { Tables = new Dictionary<string, TableSource> { ["people"] = csv } });
        ColumnBatch batch = Assert.Single(lake.Read(new TableSource { Format = "sql", Sql = "SELECT sum(id) AS total, max(name) AS n FROM People;" }, new ReadRequest()));
        Assert.Equal((Int128)3, batch["total"].As<Int128>()[0]);
        Assert.Equal(2, lake.Read(new TableSource { Format = "table", Table = "people" }, new ReadRequest()).Sum(static b => b.Rows));
        Assert.Contains("did you mean 'people'?", Refused(() => lake.Describe(new TableSource { Format = "table", Table = "peple" })).Message);
        foreach (string sql in new[] { $"SELECT * FROM '{_folder["a.csv"]}'", $"SELECT * FROM read_text('{_folder["a.csv"]}')", "SELECT * FROM nowhere", "SELEC 1", "SELECT 1; SELECT 2", "INSTALL httpfs" })
        {
            DataException e = Refused(() => lake.Read(new TableSource { Format = "sql", Sql = sql }, new ReadRequest()).Count());
            Assert.Equal((DataFault.Job, true), (e.Fault, e.Message.StartsWith("[sql] ", StringComparison.Ordinal)));
        }

        DataException Query(string sql) => Refused(() => lake.Read(new TableSource { Format = "sql", Sql = sql }, new ReadRequest()).Count());
        Assert.Equal("[sql] the query reads 'peopel'; the named tables are people, and a query may read no other; did you mean 'people'?", Query("SELECT * FROM peopel").Message);
        Assert.Contains("b.csv'; the named tables are people, and a query may read no other; add it under data.tables", Query($"SELECT * FROM '{_folder["b.csv"]}'").Message);
        Assert.Contains("\"nam\" not found", Query("SELECT nam FROM people").Message);
    }

    [Fact]
    public void A_file_that_changes_while_it_is_read_is_told()
    {
        TableSource csv = Csv(("a.csv", "id,name\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i},x\n"))));
        DataException e = Refused(() =>
        {
            foreach (ColumnBatch batch in _lake.Read(csv, new ReadRequest()))
            {
                File.AppendAllText(_folder["a.csv"], "5000,late\n");
            }

            return 0;
        });
        Assert.Equal((DataFault.Input, true), (e.Fault, e.Message.Contains("a.csv changed while it was read")));
    }

    [Fact]
    public void Rows_that_a_filter_leaves_out_are_counted()
    {
        TableSource csv = Csv(("a.csv", "id,name\n1,x\n2,y\n3,\n4,y\n"));
        ILake lake = new EmbeddedLake(new EmbeddedLakeOptions { Tables = new Dictionary<string, TableSource> { ["people"] = csv } });
        Assert.Equal(0, lake.CountFiltered(csv, null));
        Assert.Equal(0, lake.CountFiltered(csv, "id > 0"));
        Assert.Equal(2, lake.CountFiltered(csv, "name = 'y' -- null is left out too"));
        Assert.Equal(3, lake.CountFiltered(csv, "_row < 1"));
        Assert.Equal(1, lake.CountFiltered(new TableSource { Format = "sql", Sql = "SELECT * FROM people WHERE id > 2" }, "id = 4"));
        Assert.Equal(2, lake.CountFiltered(new TableSource { Format = "table", Table = "people" }, "id < 3"));
    }

    [Fact]
    public void Types_without_a_counterpart_are_refused_by_name_and_others_are_converted()
    {
        DataException e = Refused(() => Sql("SELECT INTERVAL 1 DAY AS d"));
        Assert.Contains("column 'd' has DuckDB's type INTERVAL", e.Message);
        ColumnBatch batch = Sql("""
            SELECT '0189a1b2-0000-7000-8000-0123456789ab'::UUID AS u, 'b'::ENUM('a', 'b') AS e, TIMESTAMP_NS '1969-12-31 23:59:59.999999999' AS t,
                   array_value(1.5::FLOAT, 2.5::FLOAT) AS a, MAP {'k': [1, 2]} AS m, (-5)::HUGEINT AS h, 12.345::DECIMAL(9,3) AS d, TIMESTAMPTZ '2024-01-01 00:00:00+02' AS z
            """);
        Assert.Equal("0189a1b2-0000-7000-8000-0123456789ab", batch["u"].Text(0));
        Assert.Equal("b", batch["e"].Text(0));
        Assert.Equal(-1L, batch["t"].As<long>()[0]);
        Assert.Equal([1.5f, 2.5f], batch["a"].Children[0].As<float>().ToArray());
        Assert.Equal("k", batch["m"].Children[0].Text(0));
        Assert.Equal([1, 2], batch["m"].Children[1].Children[0].As<int>().ToArray());
        Assert.Equal((Int128)(-5), batch["h"].As<Int128>()[0]);
        Assert.Equal((Int128)12345, batch["d"].As<Int128>()[0]);
        Assert.Equal(1_704_060_000_000_000L, batch["z"].As<long>()[0]);
    }

    [Fact]
    public void Binary_text_columns_are_decoded_and_broken_ones_refused()
    {
        File.WriteAllText(_folder["a.jsonl"], "{\"b\":\"AAH/\",\"n\":null}\n{\"b\":null}\n");
        TableSource json = new() { Format = "json", Paths = [_folder["a.jsonl"]], Columns = [("b", "binary(base64)"), ("n", "int")] };
        ColumnBatch batch = Assert.Single(_lake.Read(json, new ReadRequest()));
        Assert.Equal([0, 1, 255], batch["b"].Bytes(0).ToArray());
        Assert.True(batch["b"].IsNull(1));
        File.WriteAllText(_folder["a.jsonl"], "{\"b\":\"A?\"}\n");
        Assert.Equal(DataFault.Input, Refused(() => _lake.Read(json, new ReadRequest()).Count()).Fault);
    }

    [Fact]
    public void An_idx_pair_gives_pixels_and_labels_and_obeys_filters()
    {
        File.WriteAllBytes(_folder["i"], [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 10, 11, 20, 21, 30, 31]);
        File.WriteAllBytes(_folder["l"], [0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9]);
        TableSource idx = new() { Format = "idx", Paths = [_folder["i"], _folder["l"]] };
        Assert.Equal("(pixels: binary, height: int32, width: int32, label: uint8)", _lake.Describe(idx).ToString());
        ColumnBatch batch = Assert.Single(_lake.Read(idx, new ReadRequest(["label", "pixels"], "_row >= 1")));
        Assert.Equal([8, 9], batch["label"].As<byte>().ToArray());
        Assert.Equal([30, 31], batch["pixels"].Bytes(1).ToArray());
        Assert.Contains("swap", Refused(() => _lake.Describe(idx with { Paths = [_folder["l"], _folder["i"]] })).Message);
    }

    [Fact]
    public void Unknown_formats_and_options_are_told_with_the_nearest_name()
    {
        Assert.Contains("did you mean 'parquet'?", Refused(() => _lake.Describe(new TableSource { Format = "parket" })).Message);
        TableSource csv = Csv(("a.csv", "id,name\n1,x\n")) with { Options = new Dictionary<string, string> { ["delimeter"] = ";" } };
        DataException e = Refused(() => _lake.Describe(csv));
        Assert.Equal((DataFault.Job, true), (e.Fault, e.Message.EndsWith("did you mean 'delimiter'?")));
        Assert.Equal(DataFault.Job, Refused(() => _lake.Describe(csv with { Columns = [] })).Fault);
    }

    private TableSource Csv(params (string Name, string Text)[] files)
    {
        foreach ((string name, string text) in files)
        {
            File.WriteAllText(_folder[name], text);
        }

        return new TableSource { Format = "csv", Paths = [.. files.Select(f => _folder[f.Name])], Columns = [("id", "int"), ("name", "string")] };
    }

    private int[] Ids(TableSource source, string? filter = null) =>
        [.. _lake.Read(source, new ReadRequest(["id"], filter)).SelectMany(static b => b.Columns[0].As<int>().ToArray())];

    private ColumnBatch Sql(string sql) => Assert.Single(_lake.Read(new TableSource { Format = "sql", Sql = sql }, new ReadRequest()));

    private static DataException Refused(Action call) => Assert.Throws<DataException>(call);

    private static DataException Refused(Func<object> call) => Assert.Throws<DataException>(call);
}
