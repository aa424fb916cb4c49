using YarnDL.Data.Rows;

namespace YarnDL.Data.Tests.Rows;

public sealed class ColumnBuilderTests
{
    [Fact]
    public void Fixed_width_values_and_nulls_are_read_back()
    {
        ColumnBuilder builder = new(new Field("d", ColumnType.Decimal, null, 38, 2));
        builder.Append(Int128.MinValue);
        builder.AppendNull();
        builder.Append((Int128)5);
        Column column = builder.Build();
        Assert.Equal(3, column.Rows);
        Assert.Equal([false, true, false], Enumerable.Range(0, 3).Select(column.IsNull));
        Assert.Equal([Int128.MinValue, 0, 5], column.As<Int128>().ToArray());
        Assert.Equal(0, builder.Rows);
    }

    [Fact]
    public void Lists_of_structs_keep_nulls_and_empties_apart()
    {
        Field item = new("element", ColumnType.Struct, [new Field("s", ColumnType.Text), new Field("v", ColumnType.Float32)]);
        ColumnBuilder builder = new(new Field("l", ColumnType.List, [item]));
        ColumnBuilder element = builder.Child(0);
        element.Child(0).AppendText("größe");
        element.Child(1).Append(1.5f);
        element.Close();
        element.AppendNull();
        builder.Close();
        builder.Close();
        builder.AppendNull();
        Column column = builder.Build();
        Assert.Equal([0, 2, 2, 2], column.Offsets);
        Assert.Equal([false, false, true], Enumerable.Range(0, 3).Select(column.IsNull));
        Column items = column.Children[0];
        Assert.Equal((2, false, true), (items.Rows, items.IsNull(0), items.IsNull(1)));
        Assert.Equal("größe", items.Children[0].Text(0));
        Assert.True(items.Children[1].IsNull(1));
    }

    [Fact]
    public void A_column_without_nulls_has_no_validity_and_a_builder_starts_anew()
    {
        ColumnBuilder builder = new(new Field("b", ColumnType.Bool));
        builder.AppendNull();
        Assert.Single(builder.Build().Validity);
        for (int i = 0; i < 1000; i++)
        {
            builder.Append((byte)(i % 2));
        }

        Column column = builder.Build();
        Assert.Empty(column.Validity);
        Assert.Equal(1, column.As<byte>()[999]);
    }

    [Fact]
    public void Values_of_another_width_and_unfilled_children_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ColumnBuilder(new Field("i", ColumnType.Int32)).Append(1L));
        ColumnBuilder pair = new(new Field("p", ColumnType.Struct, [new Field("a", ColumnType.Int32), new Field("b", ColumnType.Int32)]));
        pair.Child(0).Append(1);
        Assert.Throws<InvalidOperationException>(pair.Close);
    }
}
