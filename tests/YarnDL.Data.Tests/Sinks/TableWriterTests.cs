using YarnDL.Data.Files;
using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Tests.Sinks;

public sealed class TableWriterTests : IDisposable
{
    private static readonly Schema Everything = new(
    [
        new("id", ColumnType.Int64), new("b", ColumnType.Bool), new("i8", ColumnType.Int8), new("u16", ColumnType.UInt16), new("u64", ColumnType.UInt64),
        new("f", ColumnType.Float32), new("d", ColumnType.Float64), new("price", ColumnType.Decimal, null, 9, 2), new("big", ColumnType.Decimal, null, 38, 0),
        new("text", ColumnType.Text), new("bytes", ColumnType.Binary), new("day", ColumnType.Date), new("at", ColumnType.Timestamp), new("clock", ColumnType.Time),
        new("probabilities", ColumnType.List, [new("element", ColumnType.Float32)]),
        new("nested", ColumnType.Struct, [new("a", ColumnType.Int32), new("l", ColumnType.List, [new("element", ColumnType.List, [new("element", ColumnType.Text)])])]),
        new("map", ColumnType.Map, [new("key", ColumnType.Text), new("value", ColumnType.Float64)]),
    ]);

    private readonly TemporaryFolder _folder = new();
    private readonly EmbeddedLake _lake = new();

    public void Dispose()
    {
        _lake.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Every_type_comes_back_from_parquet_with_nulls_and_empties()
    {
        List<ColumnBatch> written = [Rows(0, 5000), Rows(5000, 10)];
        Write("t.parquet", Everything, WriteMode.Create, [.. written]);
        TableSource source = Parquet("t.parquet");
        Assert.Equal(Everything.ToString(), _lake.Describe(source).ToString());
        Assert.Equal(written.SelectMany(Show), _lake.Read(source, new ReadRequest()).SelectMany(Show));
        Assert.Equal([_folder["t.parquet"]], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Equal_rows_give_equal_bytes()
    {
        Write("a.parquet", Everything, WriteMode.Create, Rows(0, 3000));
        Write("b.parquet", Everything, WriteMode.Create, Rows(0, 1000), Rows(1000, 2000));
        Assert.Equal(File.ReadAllBytes(_folder["a.parquet"]), File.ReadAllBytes(_folder["b.parquet"]));
    }

    [Fact]
    public void Without_commit_nothing_is_left_and_nothing_was_visible()
    {
        foreach (string name in new[] { "t.parquet", "folder" })
        {
            using (ITableWriter writer = _lake.Write(Parquet(name), Everything, WriteMode.Create))
            {
                writer.Write(Rows(0, 10));
                Assert.False(Path.Exists(_folder[name]));
            }

            Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
        }
    }

    [Fact]
    public void Create_refuses_what_exists_and_overwrite_replaces_it_at_once()
    {
        foreach (string name in new[] { "t.parquet", "folder" })
        {
            Write(name, Ids, WriteMode.Create, IdRows(1, 2));
            FileStoreException e = Assert.Throws<FileStoreException>(() => _lake.Write(Parquet(name), Ids, WriteMode.Create));
            Assert.Equal(FileStoreFault.Exists, e.Fault);
            Assert.Equal([1, 2], Read(name));
            using (ITableWriter writer = _lake.Write(Parquet(name), Ids, WriteMode.Overwrite))
            {
                writer.Write(IdRows(3));
                Assert.Equal([1, 2], Read(name));
                writer.Commit();
                Assert.Equal([3], Read(name));
            }

            Assert.Equal([3], Read(name));
            Write($"new-{name}", Ids, WriteMode.Overwrite, IdRows(4));
            Assert.Equal([4], Read($"new-{name}"));
        }

        Assert.DoesNotContain(Directory.GetFileSystemEntries(_folder.Path), static p => Path.GetFileName(p)[0] == '.');
    }

    [Fact]
    public void A_table_created_by_another_between_start_and_commit_is_not_replaced()
    {
        using ITableWriter slow = _lake.Write(Parquet("t.parquet"), Ids, WriteMode.Create);
        slow.Write(IdRows(1));
        Write("t.parquet", Ids, WriteMode.Create, IdRows(2));
        Assert.Equal(FileStoreFault.Exists, Assert.Throws<FileStoreException>(slow.Commit).Fault);
        Assert.Equal([2], Read("t.parquet"));
    }

    [Fact]
    public void Append_adds_a_part_to_a_folder_of_the_same_columns()
    {
        Write("folder", Ids, WriteMode.Append, IdRows(1));
        Write("folder", Ids, WriteMode.Append, IdRows(2, 3));
        Assert.Equal([1, 2, 3], Read("folder"));
        Assert.Equal(["part-00000.parquet", "part-00001.parquet"], Directory.GetFileSystemEntries(_folder["folder"]).Select(Path.GetFileName).Order());
        DataException e = Assert.Throws<DataException>(() => _lake.Write(Parquet("folder"), new Schema([new("x", ColumnType.Int32)]), WriteMode.Append));
        Assert.Contains("(id: int32), the rows to append (x: int32)", e.Message);
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder["folder"]).Length);
        Write("t.parquet", Ids, WriteMode.Create, IdRows(1));
        Assert.Equal(DataFault.Job, Assert.Throws<DataException>(() => _lake.Write(Parquet("t.parquet"), Ids, WriteMode.Append)).Fault);
    }

    [Fact]
    public void A_place_where_nobody_may_write_is_denied_before_any_row()
    {
        FileStoreException e = Assert.Throws<FileStoreException>(() => _lake.Write(new TableSource { Format = "parquet", Paths = ["/sys/table.parquet"] }, Ids, WriteMode.Create));
        Assert.Equal(FileStoreFault.Denied, e.Fault);
        Assert.Equal(FileStoreFault.Denied, Assert.Throws<FileStoreException>(() => _lake.Write(new TableSource { Format = "parquet", Paths = ["/sys/table"] }, Ids, WriteMode.Create)).Fault);
    }

    [Fact]
    public void An_empty_table_keeps_its_columns()
    {
        Write("t.parquet", Everything, WriteMode.Create);
        Assert.Equal(Everything.ToString(), _lake.Describe(Parquet("t.parquet")).ToString());
        Assert.Empty(_lake.Read(Parquet("t.parquet"), new ReadRequest()));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    public void Text_formats_come_back_with_declared_types(string format)
    {
        Schema schema = new([.. Everything.Fields.Where(f => f.Type is not (ColumnType.List or ColumnType.Struct or ColumnType.Map))]);
        ColumnBatch rows = Rows(0, 100);
        rows = new ColumnBatch(schema, rows.Rows, [.. rows.Columns.Take(schema.Fields.Count)]);
        TableSource target = new() { Format = format, Paths = [_folder["t." + format]] };
        using (ITableWriter writer = _lake.Write(target, schema, WriteMode.Create))
        {
            writer.Write(rows);
            writer.Commit();
        }

        TableSource source = target with
        {
            Columns = [("id", "bigint"), ("b", "bool"), ("i8", "tinyint"), ("u16", "usmallint"), ("u64", "ubigint"), ("f", "float"), ("d", "double"), ("price", "decimal(9,2)"),
                ("big", "decimal(38,0)"), ("text", "string"), ("bytes", "binary(base64)"), ("day", "date"), ("at", "timestamp"), ("clock", "time")],
        };
        Assert.Equal(Show(rows), _lake.Read(source, new ReadRequest()).SelectMany(Show));
    }

    [Theory]
    [InlineData("csv", "f,p\nNaN,\"[\"\"NaN\"\",0.1]\"\n-Infinity,\"[\"\"-Infinity\"\",0.1]\"\n0.1,\"[0.1,0.1]\"\n")]
    [InlineData("json", "{\"f\":\"NaN\",\"p\":[\"NaN\",0.1]}\n{\"f\":\"-Infinity\",\"p\":[\"-Infinity\",0.1]}\n{\"f\":0.1,\"p\":[0.1,0.1]}\n")]
    public void Floats_are_written_shortest_and_those_that_are_no_numbers_by_name(string format, string expected)
    {
        Schema schema = new([new("f", ColumnType.Float32), new("p", ColumnType.List, [new("element", ColumnType.Float32)])]);
        ColumnBuilder f = new(schema.Fields[0]), p = new(schema.Fields[1]);
        foreach (float value in new[] { float.NaN, float.NegativeInfinity, 0.1f })
        {
            f.Append(value);
            p.Child(0).Append(value);
            p.Child(0).Append(0.1f);
            p.Close();
        }

        using (ITableWriter writer = _lake.Write(new TableSource { Format = format, Paths = [_folder["t"] + "." + format] }, schema, WriteMode.Create))
        {
            writer.Write(new ColumnBatch(schema, 3, [f.Build(), p.Build()]));
            writer.Commit();
        }

        Assert.Equal(expected, File.ReadAllText(_folder["t"] + "." + format));
        TableSource source = new() { Format = format, Paths = [_folder["t"] + "." + format], Columns = [("f", "float"), ("p", format == "csv" ? "string" : "array<float>")] };
        Assert.Equal([float.NaN, float.NegativeInfinity, 0.1f], _lake.Read(source, new ReadRequest(["f"])).SelectMany(static b => b.Columns[0].As<float>().ToArray()));
    }

    [Fact]
    public void Overwriting_refuses_a_folder_that_holds_anything_but_a_table()
    {
        Directory.CreateDirectory(_folder["home/docs"]);
        DataException e = Assert.Throws<DataException>(() => _lake.Write(Parquet("home"), Ids, WriteMode.Overwrite));
        Assert.Equal((DataFault.Job, true), (e.Fault, e.Message.Contains(_folder["home/docs"])));
        Directory.Move(_folder["home/docs"], _folder["home/day=1"]);
        File.WriteAllText(_folder["home/day=1/notes.txt"], "keep");
        Assert.Throws<DataException>(() => _lake.Write(Parquet("home"), Ids, WriteMode.Overwrite));
        Assert.Equal("keep", File.ReadAllText(_folder["home/day=1/notes.txt"]));
    }

    [Fact]
    public void A_batch_of_other_nested_columns_is_refused()
    {
        Schema one = new([new("s", ColumnType.Struct, [new("a", ColumnType.Int32)])]), other = new([new("s", ColumnType.Struct, [new("a", ColumnType.Int64)])]);
        using ITableWriter writer = _lake.Write(Parquet("t.parquet"), one, WriteMode.Create);
        Assert.Throws<ArgumentException>(() => writer.Write(new ColumnBatch(other, 0, [new ColumnBuilder(other.Fields[0]).Build()])));
    }

    [Fact]
    public void Rows_beyond_the_memory_limit_spill_and_come_back()
    {
        using EmbeddedLake small = new(new EmbeddedLakeOptions { MemoryBytes = 80L << 20 });
        Schema schema = new([new("id", ColumnType.Int32), new("bytes", ColumnType.Binary)]);
        byte[] bytes = new byte[4000];
        ulong state = 1;
        using (ITableWriter writer = small.Write(Parquet("big.parquet"), schema, WriteMode.Create))
        {
            for (int first = 0; first < 30_000; first += 1000)
            {
                ColumnBuilder id = new(schema.Fields[0]), data = new(schema.Fields[1]);
                for (int row = first; row < first + 1000; row++)
                {
                    // Bytes that do not compress.
                    for (int k = 0; k < bytes.Length; k += 8)
                    {
                        state = unchecked((state * 6364136223846793005) + 1442695040888963407);
                        BitConverter.TryWriteBytes(bytes.AsSpan(k), state);
                    }

                    id.Append(row);
                    data.AppendBytes(bytes);
                }

                writer.Write(new ColumnBatch(schema, 1000, [id.Build(), data.Build()]));
            }

            writer.Commit();
        }

        Assert.Equal(30_000, _lake.Read(Parquet("big.parquet"), new ReadRequest()).Sum(static b => b.Rows));
        Assert.Equal([_folder["big.parquet"]], Directory.GetFileSystemEntries(_folder.Path));
    }

    private static Schema Ids { get; } = new([new("id", ColumnType.Int32)]);

    private static ColumnBatch IdRows(params int[] ids)
    {
        ColumnBuilder builder = new(Ids.Fields[0]);
        foreach (int id in ids)
        {
            builder.Append(id);
        }

        return new ColumnBatch(Ids, ids.Length, [builder.Build()]);
    }

    private static ColumnBatch Rows(int first, int count)
    {
        ColumnBuilder[] b = [.. Everything.Fields.Select(static f => new ColumnBuilder(f))];
        for (int i = first; i < first + count; i++)
        {
            b[0].Append((long)i);
            for (int c = 1; c < b.Length; c++)
            {
                if ((i + c) % 7 == 0)
                {
                    b[c].AppendNull();
                    continue;
                }

                switch (c)
                {
                    case 1: b[c].Append((byte)(i & 1)); break;
                    case 2: b[c].Append((sbyte)-i); break;
                    case 3: b[c].Append((ushort)(i * 31)); break;
                    case 4: b[c].Append(ulong.MaxValue - (ulong)i); break;
                    case 5: b[c].Append(i % 5 == 0 ? -0f : 0.1f * i); break;
                    case 6: b[c].Append(i % 6 == 0 ? double.Epsilon : 1e300 / (i + 1)); break;
                    case 7: b[c].Append((Int128)(-1234567 + i)); break;
                    case 8: b[c].Append(Int128.Parse("99999999999999999999999999999999999999") - i); break;
                    case 9: b[c].AppendText(i % 4 == 0 ? "" : $"grün \"{i}\",\n日本"); break;
                    case 10: b[c].AppendBytes(i % 3 == 0 ? [] : [0, 255, (byte)i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]); break;
                    case 11: b[c].Append(i - 30_000); break;
                    case 12: b[c].Append((i - 2000) * 86_399_999_999L); break;
                    case 13: b[c].Append(i * 1_000_003L % 86_400_000_000L); break;
                    case 14:
                        for (int k = 0; k < i % 4; k++)
                        {
                            b[c].Child(0).Append(k / 3f);
                        }

                        b[c].Close();
                        break;
                    case 15:
                        b[c].Child(0).Append(i);
                        b[c].Child(1).Child(0).Child(0).AppendText($"x{i}");
                        b[c].Child(1).Child(0).Close();
                        b[c].Child(1).Child(0).AppendNull();
                        b[c].Child(1).Close();
                        b[c].Close();
                        break;
                    default:
                        b[c].Child(0).AppendText($"k{i}");
                        b[c].Child(1).AppendNull();
                        b[c].Close();
                        break;
                }
            }
        }

        return new ColumnBatch(Everything, count, [.. b.Select(static x => x.Build())]);
    }

    private static IEnumerable<string> Show(ColumnBatch batch) => Enumerable.Range(0, batch.Rows).Select(r => string.Join('|', batch.Columns.Select(c => Show(c, r))));

    private static string Show(Column c, int row) => c.IsNull(row) ? "null" : c.Field.Type switch
    {
        ColumnType.Text or ColumnType.Binary => "'" + Convert.ToHexString(c.Bytes(row)) + "'",
        ColumnType.Struct => "{" + string.Join(',', c.Children.Select(k => Show(k, row))) + "}",
        ColumnType.List or ColumnType.Map => "[" + string.Join(',', Enumerable.Range(c.Offsets[row], c.Offsets[row + 1] - c.Offsets[row]).Select(i => string.Join(':', c.Children.Select(k => Show(k, i))))) + "]",
        _ => Convert.ToHexString(c.Values.AsSpan(row * c.Field.Type.Width(), c.Field.Type.Width())),
    };

    private void Write(string name, Schema schema, WriteMode mode, params ColumnBatch[] batches)
    {
        using ITableWriter writer = _lake.Write(Parquet(name), schema, mode);
        foreach (ColumnBatch batch in batches)
        {
            writer.Write(batch);
        }

        writer.Commit();
    }

    private int[] Read(string name) => [.. _lake.Read(Parquet(name), new ReadRequest()).SelectMany(static b => b.Columns[0].As<int>().ToArray()).Order()];

    private TableSource Parquet(string name) => new() { Format = "parquet", Paths = [_folder[name]] };
}
