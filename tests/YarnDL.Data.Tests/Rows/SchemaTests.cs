using YarnDL.Data.Rows;

namespace YarnDL.Data.Tests.Rows;

public sealed class SchemaTests
{
    [Fact]
    public void Lookup_ignores_case_and_an_exact_spelling_wins()
    {
        Schema schema = Of("id", "Label", "x", "X");
        Assert.Equal(1, schema.IndexOf("label"));
        Assert.Equal(2, schema.IndexOf("x"));
        Assert.Equal(3, schema.IndexOf("X"));
    }

    [Fact]
    public void Two_columns_that_differ_in_case_are_ambiguous_for_a_third_spelling()
    {
        DataException e = Assert.Throws<DataException>(() => Of("Ab", "aB").IndexOf("ab"));
        Assert.Equal(DataFault.Input, e.Fault);
        Assert.Contains("differ in case", e.Message);
        Assert.Throws<DataException>(() => Of("a", "a").IndexOf("a"));
    }

    [Fact]
    public void A_missing_column_is_told_with_the_nearest_name()
    {
        DataException e = Assert.Throws<DataException>(() => Of("image", "label").IndexOf("lable"));
        Assert.Equal("[column] 'lable' is not among the columns (image: int32, label: int32); the source must have it; did you mean 'label'?", e.Message);
        Assert.EndsWith("use one of these names", Assert.Throws<DataException>(() => Of("image").IndexOf("price")).Message);
    }

    private static Schema Of(params string[] names) => new([.. names.Select(static n => new Field(n, ColumnType.Int32))]);
}
