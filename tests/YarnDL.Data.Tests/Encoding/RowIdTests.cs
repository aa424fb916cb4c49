using YarnDL.Data.Encoding;
using YarnDL.Data.Rows;
using static YarnDL.Data.Tests.Encoding.TestBatches;

namespace YarnDL.Data.Tests.Encoding;

public sealed class RowIdTests
{
    private static RowId Id(params Column[] columns) => new RowIdHasher(Batch(columns).Schema, [.. columns.Select(c => c.Field.Name)]).Hash(Batch(columns), 0);

    private static string Bytes(params Column[] columns)
    {
        var buffer = new ByteBuffer();
        new RowIdHasher(Batch(columns).Schema, [.. columns.Select(c => c.Field.Name)]).AppendRow(buffer, Batch(columns), 0);
        return Convert.ToHexStringLower(buffer.Written);
    }

    [Fact]
    public void The_hashed_bytes_are_those_of_the_document()
    {
        Assert.Equal("010200" + "0210000000" + "07000000000000000000000000000000" + "0602000000" + "6869", Bytes(Texts("b", "hi"), Numbers<int>("a", ColumnType.Int32, 7)));
        Assert.Equal("010100" + "0000000000", Bytes(Texts("b", (string?)null)));
        Assert.Equal("010100" + "0101000000" + "01", Bytes(Numbers<byte>("b", ColumnType.Bool, 1)));
        Assert.Equal("010100" + "0304000000" + "0000803f", Bytes(Numbers<float>("b", ColumnType.Float32, 1f)));
        Assert.Equal("010100" + "0408000000" + "000000000000f03f", Bytes(Numbers<double>("b", ColumnType.Float64, 1.0)));
        Assert.Equal("010100" + "0511000000" + "0f000000000000000000000000000000" + "01", Bytes(Decimals("b", 10, 2, 150)));
        Assert.Equal("010100" + "0702000000" + "ff00", Bytes(Blobs("b", ColumnType.Binary, [0xff, 0])));
        Assert.Equal("010100" + "0804000000" + "ffffffff", Bytes(Numbers<int>("b", ColumnType.Date, -1)));
        Assert.Equal("010100" + "0908000000" + "0100000000000000", Bytes(Numbers<long>("b", ColumnType.Timestamp, 1)));
        Assert.Equal("010100" + "0a08000000" + "0200000000000000", Bytes(Numbers<long>("b", ColumnType.Time, 2)));
    }

    [Fact]
    public void Nested_values_are_written_inside_their_parent()
    {
        Assert.Equal("010100" + "0c0c000000" + "0101000000" + "01" + "0101000000" + "00", Bytes(Lists("l", Numbers<byte>("e", ColumnType.Bool, 1, 0), 2)));
        Assert.Equal("010100" + "0b0c000000" + "0602000000" + "6869" + "0000000000", Bytes(Structs("s", Texts("x", "hi"), Texts("y", (string?)null))));
        Assert.Equal(
            "010100" + "0d18000000" + "0601000000" + "61" + "0101000000" + "01" + "0601000000" + "62" + "0101000000" + "00",
            Bytes(Maps("m", Texts("k", "b", "a"), Numbers<byte>("v", ColumnType.Bool, 0, 1), 2)));
    }

    [Fact]
    public void Ids_are_the_fixed_ones()
    {
        Assert.Equal("2822aa29a456aba9b009e85a8e107b05", Id(Texts("b", "hi"), Numbers<int>("a", ColumnType.Int32, 7)).ToString());
        Assert.Equal("b33066c0d8d1c247ee2a162b87b8b140", Id(Texts("größe", "列")).ToString());
        Assert.Equal("0f341e07e8d74361d884329e39c227be", Id(Lists("l", Numbers<byte>("e", ColumnType.Bool, 1, 0), 2)).ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(127)]
    public void The_width_of_an_integer_and_a_decimal_without_fraction_do_not_change_the_id(int v)
    {
        var id = Id(Numbers<int>("a", ColumnType.Int32, v));
        Assert.Equal(id, Id(Numbers<sbyte>("a", ColumnType.Int8, (sbyte)v)));
        Assert.Equal(id, Id(Numbers<short>("a", ColumnType.Int16, (short)v)));
        Assert.Equal(id, Id(Numbers<long>("a", ColumnType.Int64, v)));
        Assert.Equal(id, Id(Numbers<byte>("a", ColumnType.UInt8, (byte)v)));
        Assert.Equal(id, Id(Numbers<ushort>("a", ColumnType.UInt16, (ushort)v)));
        Assert.Equal(id, Id(Numbers<uint>("a", ColumnType.UInt32, (uint)v)));
        Assert.Equal(id, Id(Numbers<ulong>("a", ColumnType.UInt64, (ulong)v)));
        Assert.Equal(id, Id(Decimals("a", 20, 0, v)));
        Assert.Equal(id, Id(Decimals("a", 20, 3, v * 1000)));
    }

    [Fact]
    public void A_decimal_loses_its_trailing_zeros_only()
    {
        Assert.Equal(Id(Decimals("a", 10, 1, 15)), Id(Decimals("a", 12, 3, 1500)));
        Assert.NotEqual(Id(Decimals("a", 10, 1, 15)), Id(Decimals("a", 10, 2, 15)));
        Assert.NotEqual(Id(Decimals("a", 10, 1, 15)), Id(Numbers<double>("a", ColumnType.Float64, 1.5)));
    }

    [Fact]
    public void There_is_one_NaN_and_one_zero()
    {
        Assert.Equal(Id(Numbers<float>("a", ColumnType.Float32, float.NaN)), Id(Numbers<float>("a", ColumnType.Float32, BitConverter.UInt32BitsToSingle(0xFFC1_2345))));
        Assert.Equal(Id(Numbers<double>("a", ColumnType.Float64, double.NaN)), Id(Numbers<double>("a", ColumnType.Float64, BitConverter.UInt64BitsToDouble(0x7FF0_0000_0000_0001))));
        Assert.Equal(Id(Numbers<float>("a", ColumnType.Float32, 0f)), Id(Numbers<float>("a", ColumnType.Float32, -0f)));
        Assert.Equal(Id(Numbers<double>("a", ColumnType.Float64, 0d)), Id(Numbers<double>("a", ColumnType.Float64, -0d)));
        Assert.NotEqual(Id(Numbers<float>("a", ColumnType.Float32, 0f)), Id(Numbers<float>("a", ColumnType.Float32, (float?)null)));
    }

    [Fact]
    public void Values_of_other_kinds_have_other_ids()
    {
        RowId[] ids =
        [
            Id(Numbers<byte>("a", ColumnType.Bool, 1)), Id(Numbers<int>("a", ColumnType.Int32, 1)), Id(Numbers<float>("a", ColumnType.Float32, 1f)),
            Id(Numbers<double>("a", ColumnType.Float64, 1d)), Id(Texts("a", "1")), Id(Blobs("a", ColumnType.Binary, "1"u8.ToArray())),
            Id(Numbers<int>("a", ColumnType.Date, 1)), Id(Numbers<long>("a", ColumnType.Timestamp, 1)), Id(Numbers<long>("a", ColumnType.Time, 1)),
            Id(Texts("a", "")), Id(Texts("a", (string?)null)), Id(Lists("a", Texts("e", "1"), 1)), Id(Structs("a", Texts("e", "1"))),
        ];
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void Borders_between_columns_count()
    {
        Assert.NotEqual(Id(Texts("a", "xy"), Texts("b", "z")), Id(Texts("a", "x"), Texts("b", "yz")));
        Assert.NotEqual(Id(Lists("a", Texts("e", "x", "y"), 1), Lists("b", Texts("e", "x", "y"), 2)), Id(Lists("a", Texts("e", "x", "y"), 2), Lists("b", Texts("e", "x", "y"), 1)));
    }

    [Fact]
    public void The_order_of_columns_and_their_spelling_in_the_table_do_not_change_the_id()
    {
        var a = Numbers<int>("a", ColumnType.Int32, 7);
        var b = Texts("B", "hi");
        var id = new RowIdHasher(Batch(a, b).Schema, ["a", "B"]).Hash(Batch(a, b), 0);
        Assert.Equal(id, new RowIdHasher(Batch(b, a).Schema, ["a", "B"]).Hash(Batch(b, a), 0));
        Assert.Equal(id, new RowIdHasher(Batch(b, a).Schema, ["B", "a"]).Hash(Batch(b, a), 0));
        var upper = Numbers<int>("A", ColumnType.Int32, 7);
        Assert.Equal(id, new RowIdHasher(Batch(upper, b).Schema, ["a", "B"]).Hash(Batch(upper, b), 0));
        Assert.Equal(id, new RowIdHasher(Batch(Texts("unused", "x"), a, b).Schema, ["a", "B"]).Hash(Batch(Texts("unused", "x"), a, b), 0));
    }

    [Fact]
    public void The_order_of_rows_does_not_change_ids()
    {
        var batch = Batch(Texts("t", "x", null, "zz"), Numbers<double>("d", ColumnType.Float64, 1, 2, null));
        var turned = Take(batch, 2, 0, 1);
        var hasher = new RowIdHasher(batch.Schema, ["t", "d"]);
        var ids = new RowId[3];
        hasher.Hash(batch, ids);
        Assert.Equal([ids[2], ids[0], ids[1]], Enumerable.Range(0, 3).Select(r => hasher.Hash(turned, r)));
    }

    [Fact]
    public void A_map_may_come_in_any_order()
    {
        Assert.Equal(Id(Maps("m", Texts("k", "b", "a"), Numbers<int>("v", ColumnType.Int32, 0, 1), 2)), Id(Maps("m", Texts("k", "a", "b"), Numbers<int>("v", ColumnType.Int32, 1, 0), 2)));
        Assert.NotEqual(Id(Maps("m", Texts("k", "b", "a"), Numbers<int>("v", ColumnType.Int32, 0, 1), 2)), Id(Maps("m", Texts("k", "b", "a"), Numbers<int>("v", ColumnType.Int32, 1, 0), 2)));
    }

    [Fact]
    public void A_column_named_twice_is_refused()
    {
        var e = Assert.Throws<DataException>(() => new RowIdHasher(Batch(Texts("a", "x")).Schema, ["a", "A"]));
        Assert.Equal(DataFault.Job, e.Fault);
        Assert.Contains("'A' and 'a' name the same column", e.Message);
    }

    [Fact]
    public void A_type_without_a_canonical_form_is_refused_by_name()
    {
        var e = Assert.Throws<DataException>(() => Id(new Column(new Field("odd", (ColumnType)99), 1, [], [0], [], [])));
        Assert.Equal(DataFault.Input, e.Fault);
        Assert.Contains("'odd'", e.Message);
    }

    [Fact]
    public void An_id_is_read_as_it_was_written()
    {
        var id = new RowId(0x0123456789abcdef, 0xfedcba9876543210);
        byte[] bytes = new byte[16];
        id.Write(bytes);
        Assert.Equal("0123456789abcdeffedcba9876543210", Convert.ToHexStringLower(bytes));
        Assert.Equal(id, RowId.Read(bytes));
        Assert.Equal(id, RowId.Parse(id.ToString()));
        Assert.True(new RowId(1, ulong.MaxValue) < new RowId(2, 0));
        Assert.True(new RowId(1, 2) > new RowId(1, 1));
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("a", "aa")]
    [InlineData("Z", "a")]
    [InlineData("\uFFFD", "\U0001F600")]
    [InlineData("\uE000", "\U00010000")]
    public void Texts_are_ordered_by_their_UTF8_bytes(string first, string second)
    {
        Assert.True(Utf8Order.Compare(first, second) < 0);
        Assert.True(Utf8Order.Compare(second, first) > 0);
        Assert.True(System.Text.Encoding.UTF8.GetBytes(first).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(second)) < 0);
    }

    [Fact]
    public void The_data_hash_tells_order_and_repeats_apart()
    {
        static string Hash(params (ulong, uint)[] rows)
        {
            using var h = new DataHash();
            foreach (var (id, ordinal) in rows)
            {
                h.Add(new RowId(id, 0), ordinal);
            }

            return Convert.ToHexStringLower(h.Current());
        }

        Assert.Equal("87108d5604f70eac49d53b61dd4c9fe2e6efe6ff4eebbb14e0bb8da0d39b43b4", Hash((1, 0), (1, 1)));
        Assert.NotEqual(Hash((1, 0), (1, 1)), Hash((1, 0), (1, 0)));
        Assert.NotEqual(Hash((1, 0)), Hash((1, 0), (1, 1)));
    }
}
