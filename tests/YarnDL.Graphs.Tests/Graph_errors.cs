using YarnDL.Tensors;

namespace YarnDL.Graphs.Tests;

/// <summary>What users read when a model cannot be.</summary>
public sealed class Graph_errors
{
    private readonly GraphBuilder _g = new("g");

    [Fact]
    public void Channels_that_do_not_fit_are_explained()
    {
        Value x = _g.Input("x", DType.Float32, new(Dim.N, 3, 28, 28));
        GraphException e = Assert.Throws<GraphException>(() => _g.Add("Conv", [x, _g.Parameter("w", new Shape(64, 1, 7, 7))]));
        Assert.Equal("[conv] Conv: input has 3 channels, weight (64, 1, 7, 7) expects 1; add a Grayscale() feature or change the input channels of the layer", e.Message);
    }

    [Fact]
    public void A_kernel_larger_than_its_input_is_refused()
    {
        Value x = _g.Input("x", DType.Float32, new(Dim.N, 1, 4, 4));
        Assert.Contains("smaller than the kernel", Assert.Throws<GraphException>(() => _g.Add("Conv", [x, _g.Parameter("w", new Shape(1, 1, 5, 5))])).Message);
        Assert.Contains("smaller than the kernel", Assert.Throws<GraphException>(() => _g.Add("MaxPool", x, ("kernel_shape", new long[] { 5, 5 }))).Message);
    }

    [Fact]
    public void Widths_that_do_not_fit_name_both()
    {
        Value x = _g.Input("x", DType.Float32, new(Dim.N, 784));
        Assert.Contains("A (N, 784) has 784 columns, B (10, 100) has 100 rows", Assert.Throws<GraphException>(() => _g.Add("Gemm", x, _g.Parameter("w", new Shape(10, 100)), ("transB", 1))).Message);
    }

    [Fact]
    public void Rows_are_never_mixed_by_a_reshape_or_appended()
    {
        Value x = _g.Input("x", DType.Float32, new(Dim.N, 4));
        Assert.Contains("mix elements of different rows", Assert.Throws<GraphException>(() => _g.Add("Reshape", x, _g.Constant(4L, -1L))).Message);
        Assert.Contains("runs over rows", Assert.Throws<GraphException>(() => _g.Add("Concat", [x, x], new Attributes(("axis", 0)))).Message);
        Assert.Contains("along the row axis", Assert.Throws<GraphException>(() => _g.Add("Gemm", x, x, ("transA", 1))).Message);
    }

    [Fact]
    public void Unknown_operators_attributes_and_names_taken_twice_are_refused()
    {
        Value x = _g.Input("x", DType.Float32, new(Dim.N, 4));
        Assert.Throws<GraphException>(() => _g.Add("NoSuch", x));
        Assert.Contains("unknown attribute axes", Assert.Throws<GraphException>(() => _g.Add("Flatten", x, ("axes", 1))).Message);
        Assert.Contains("attribute kernel_shape is missing", Assert.Throws<GraphException>(() => _g.Add("MaxPool", x)).Message);
        Assert.Contains("is empty or taken", Assert.Throws<GraphException>(() => _g.Input("x", DType.Float32, new(Dim.N))).Message);
    }

    [Fact]
    public void Inputs_that_an_operator_does_not_take_are_refused()
    {
        Value x = _g.Input("x", DType.Float32, new(Dim.N, 4));
        Assert.Contains("3 inputs are given; it takes 2", Assert.Throws<GraphException>(() => _g.Add("Max", [x, x, x])).Message);
    }

    [Fact]
    public void Shapes_that_do_not_broadcast_are_refused()
    {
        Value x = _g.Input("x", DType.Float32, new(Dim.N, 4));
        Value y = _g.Input("y", DType.Float32, new(Dim.N, 3));
        Assert.Contains("do not broadcast: 4 against 3", Assert.Throws<GraphException>(() => _g.Add("Add", x, y)).Message);
    }

    [Fact]
    public void An_operator_of_the_user_joins_the_table_once()
    {
        Assert.Throws<GraphException>(() => OperatorTable.Register(new Ops.Relu()));
        Assert.Null(OperatorTable.Find("Relu", "mine"));
    }
}
