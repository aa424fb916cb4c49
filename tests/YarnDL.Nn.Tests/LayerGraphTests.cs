using System.Text.Json.Nodes;
using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn.Tests;

/// <summary>Networks of named layers, as a job file says them.</summary>
public sealed class LayerGraphTests
{
    private static readonly InputSpec[] Two = [new("x", DType.Float32, new Shape(4)), new("z", DType.Float32, new Shape(3))];

    [Fact]
    public void Layers_take_inputs_and_layers_by_name_and_share_weights()
    {
        Model m = Build("""
            {"layers": [
              {"name": "left", "of": "x", "type": "linear", "out": 3},
              "relu",
              {"name": "judge", "of": "z", "layers": [{"type": "linear", "out": 5}, "tanh", {"type": "linear", "out": 1}]},
              {"name": "judged", "of": "left", "again": "judge"},
              {"name": "both", "of": ["judge", "1"], "type": "concat"}],
             "outputs": {"real": "judge", "fake": "judged", "all": "both"}}
            """);
        Assert.Equal(["left.weight", "left.bias", "judge.0.weight", "judge.0.bias", "judge.2.weight", "judge.2.bias"], m.Graph.Parameters.Select(p => p.Name));
        Assert.Equal(["real", "fake", "all"], m.Graph.Outputs.Select(o => o.Name));
        Assert.Equal("(N, 4)", m.Graph.Outputs[2].Shape.ToString());
    }

    [Fact]
    public void Without_names_layers_follow_each_other_and_the_last_is_the_output()
    {
        Model m = Build("""{"layers": [{"type": "concat"}, {"type": "mlp", "outputs": 2, "hidden": [4]}]}""");
        Assert.Equal("(N, 2)", Assert.Single(m.Graph.Outputs).Shape.ToString());
        Assert.Equal("output", m.Graph.Outputs[0].Name);
        Assert.Equal("1.fc1.weight", m.Graph.Parameters[0].Name);
    }

    [Theory]
    [InlineData("""{"layers": [{"name": "a", "of": "xx", "type": "linear", "out": 3}]}""", "layer a takes xx, which is no input and no layer before it; did you mean x?")]
    [InlineData("""{"layers": [{"name": "x", "of": "z", "type": "linear", "out": 3}]}""", "two things are called x")]
    [InlineData("""{"layers": [{"name": "a", "of": "x", "type": "linear", "out": 3}], "outputs": ["b"]}""", "output b is b, which is no input and no layer before it")]
    public void A_name_that_is_wrong_is_told_when_the_network_is_built(string json, string message) =>
        Assert.Contains(message, Assert.Throws<GraphException>(() => Build(json)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"layers": []}""", "option layers is missing")]
    [InlineData("""{"layers": [{"name": "a", "type": "relu"}, {"name": "a", "type": "relu"}]}""", "layers[1] [graph] a layer is called a; another layer is called so")]
    [InlineData("""{"layers": [{"name": "a", "type": "relu"}, {"name": "b", "again": "c"}]}""", "layers[1] [graph] again names c, no layer before is called so; did you mean a?")]
    [InlineData("""{"layers": [{"name": "a", "type": "rellu"}]}""", "layers[0] [layer] there is no layer rellu")]
    [InlineData("""{"layers": [{"name": "a", "type": "relu", "size": 3}]}""", "there is no option size")]
    [InlineData("""{"layers": ["relu"], "outputs": true}""", "outputs is true; it must be a name, or a list of names")]
    public void What_cannot_be_a_network_is_refused(string json, string message) =>
        Assert.Contains(message, Assert.Throws<SpecException>(() => Make(json)).Message, StringComparison.Ordinal);

    private static Module Make(string json) => ModelRegistry.Create(new Spec("graph", JsonNode.Parse(json)!.AsObject()));

    private static Model Build(string json) => Model.Build(Make(json), Two, 1);
}
