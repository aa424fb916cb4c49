using YarnDL.Data;
using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;

namespace YarnDL.Spark.Tests.Inside;

public sealed class SparkLakeTests
{
    private static ILake Lake => SparkSession.Require().Lake;

    private static TableSource Sql(string sql) => new() { Format = "sql", Sql = sql };

    [Fact]
    public void Values_of_every_kind_come_from_sql()
    {
        ColumnBatch batch = Lake.Read(Sql("select 1L id, cast(0.5 as float) x, 'tä' name, X'0102' png, array(1, 2, 3) list, cast(null as int) nothing, 1.50BD d"), new ReadRequest()).Single();
        Assert.Equal("(id: int64, x: float32, name: text, png: binary, list: list<int32>, nothing: int32, d: decimal(3,2))", batch.Schema.ToString());
        Assert.Equal(1, batch.Columns[0].As<long>()[0]);
        Assert.Equal(0.5f, batch.Columns[1].As<float>()[0]);
        Assert.Equal("tä"u8.ToArray(), batch.Columns[2].Bytes(0).ToArray());
        Assert.Equal([1, 2], batch.Columns[3].Bytes(0).ToArray());
        Assert.Equal([1, 2, 3], batch.Columns[4].Children[0].As<int>().ToArray());
        Assert.True(batch.Columns[5].IsNull(0));
        Assert.Equal(150, batch.Columns[6].As<Int128>()[0]);
    }

    [Fact]
    public void Only_the_columns_and_rows_asked_for_come()
    {
        ColumnBatch[] batches = [.. Lake.Read(Sql("select id, id * 2 twice from range(1000)"), new ReadRequest(["twice"], "id < 10"))];
        Assert.Equal(10, batches.Sum(b => b.Rows));
        Assert.Equal(90, batches.SelectMany(b => b.Columns[0].As<long>().ToArray()).Sum());
    }

    [Fact]
    public void Rows_that_a_filter_leaves_out_are_counted()
    {
        Assert.Equal(990, Lake.CountFiltered(Sql("select id from range(1000)"), "id < 10"));
        Assert.Equal(334, Lake.CountFiltered(Sql("select if(id % 3 = 0, null, id) id from range(1000)"), "id >= 0"));
        Assert.Equal(0, Lake.CountFiltered(Sql("select id from range(1000)"), null));
    }

    [Fact]
    public void A_table_is_written_all_at_once_and_read_back()
    {
        ColumnBatch[] rows = [.. Lake.Read(Sql("select id, concat('row ', id) name from range(500)"), new ReadRequest())];
        var target = new TableSource { Format = "table", Table = $"t{Guid.NewGuid():n}" };
        using (ITableWriter writer = Lake.Write(target, rows[0].Schema, WriteMode.Create))
        {
            foreach (ColumnBatch b in rows)
            {
                writer.Write(b);
            }

            Assert.Throws<DataException>(() => Lake.Describe(target));
            writer.Commit();
        }

        using (ITableWriter writer = Lake.Write(target, rows[0].Schema, WriteMode.Append))
        {
            writer.Write(rows[0]);
            writer.Commit();
        }

        Assert.Equal(500 + rows[0].Rows, Lake.Read(target, new ReadRequest()).Sum(b => b.Rows));
        Assert.Equal("(id: int64, name: text)", Lake.Describe(target).ToString());
    }

    [Fact]
    public void A_named_source_is_a_table_for_sql_and_beside_those_of_the_metastore()
    {
        string name = $"n{Guid.NewGuid():n}", table = $"m{Guid.NewGuid():n}", view = $"v{Guid.NewGuid():n}";
        SparkSession.Require().NameTable(name, Sql("select id, id * 3 three from range(100)"));
        Assert.Equal(100, Lake.Read(new TableSource { Format = "table", Table = name }, new ReadRequest()).Sum(b => b.Rows));
        Lake.Describe(Sql($"create table {table} (id bigint) partitioned by (day string) stored as textfile"));
        Lake.Describe(Sql($"insert into {table} partition (day) select id, concat('d', id % 2) from range(10)"));
        Lake.Describe(Sql($"create view {view} as select id, day as of from {table}"));
        ColumnBatch[] joined = [.. Lake.Read(Sql($"select {name}.three, of from {name} join {view} using (id) where of = 'd1'"), new ReadRequest())];
        Assert.Equal([3L, 9, 15, 21, 27], joined.SelectMany(b => b["three"].As<long>().ToArray()).Order());
        Assert.Equal(5, Lake.Read(new TableSource { Format = "table", Table = view }, new ReadRequest(["id"], "of = 'd0'")).Sum(b => b.Rows));
        DataException e = Assert.Throws<DataException>(() => SparkSession.Require().NameTable("bad", new TableSource { Format = "parquet", Paths = ["file:/no/such/file.parquet"] }));
        Assert.StartsWith("[lake] parquet file:/no/such/file.parquet: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transactional_table_is_refused_by_name_also_behind_a_view_and_a_named_table()
    {
        string table = $"acid{Guid.NewGuid():n}";
        Lake.Describe(Sql($"create table {table} (id bigint) clustered by (id) into 1 buckets stored as orc"));
        Lake.Describe(Sql($"create view {table}_view as select * from {table}"));
        Lake.Describe(Sql($"alter table {table} set tblproperties ('transactional' = 'true')"));
        foreach (TableSource source in (TableSource[])[new() { Format = "table", Table = table }, new() { Format = "table", Table = table + "_view" }, Sql($"select count(*) n from {table}_view")])
        {
            Assert.StartsWith($"[lake] default.{table} is a transactional (ACID) table", Assert.Throws<DataException>(() => Lake.Describe(source)).Message, StringComparison.Ordinal);
            Assert.Throws<DataException>(() => SparkSession.Require().NameTable("acid", source));
        }
    }

    [Fact]
    public void A_missing_table_and_a_missing_column_are_the_inputs_fault()
    {
        Assert.Equal(DataFault.Input, Assert.Throws<DataException>(() => Lake.Describe(new TableSource { Format = "table", Table = "no_such_table" })).Fault);
        DataException e = Assert.Throws<DataException>(() => Lake.Read(Sql("select 1 a"), new ReadRequest(["b"])).ToArray());
        Assert.StartsWith("[lake] the SQL: ", e.Message, StringComparison.Ordinal);
    }
}
