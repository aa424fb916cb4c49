using YarnDL.Data.Rows;

namespace YarnDL.Data.Tests.Rows;

public sealed class DeclaredTypeTests
{
    [Fact]
    public void Plain_and_nested_types_are_read()
    {
        Assert.Equal(ColumnType.Int64, DeclaredType.Parse("x", "BigInt").Type);
        Field price = DeclaredType.Parse("x", "decimal( 9 , 2 )");
        Assert.Equal((9, 2), (price.Precision, price.Scale));
        Field nested = DeclaredType.Parse("o", "struct<a:int, b:array<map<string, double>>>");
        Assert.Equal(ColumnType.Struct, nested.Type);
        Assert.Equal("b", nested.Children![1].Name);
        Assert.Equal(ColumnType.Map, nested.Children[1].Children![0].Type);
        Assert.Equal(ColumnType.Binary, DeclaredType.Parse("x", "binary(base64)").Type);
    }

    [Theory]
    [InlineData("flot", "did you mean 'float'?")]
    [InlineData("binary", "declare binary(base64)")]
    [InlineData("decimal(40,2)", "1 <= p <= 38")]
    [InlineData("array<int", "a '>' is missing")]
    [InlineData("map<int>", "map<...> with 1 inside")]
    [InlineData("int)", "is no type")]
    [InlineData("array<int>x", "follows the type")]
    public void A_wrong_type_text_is_refused_with_the_reason(string text, string reason)
    {
        DataException e = Assert.Throws<DataException>(() => DeclaredType.Parse("x", text));
        Assert.Equal(DataFault.Job, e.Fault);
        Assert.StartsWith($"[column] 'x' is declared as '{text}': ", e.Message);
        Assert.Contains(reason, e.Message);
    }
}
