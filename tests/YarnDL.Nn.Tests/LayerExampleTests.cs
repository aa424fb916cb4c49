using YarnDL.Testing;

namespace YarnDL.Nn.Tests;

public sealed class LayerExampleTests
{
    public static TheoryData<string> Names => [.. LayerRegistry.All.Descriptions.Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_example_of_a_layer_runs_and_its_parameters_learn(string name)
    {
        Description d = LayerRegistry.All.Descriptions.Single(x => x.Name == name);
        Model m = Model.Build(LayerRegistry.Create(Spec.FromJson(FlowText.ToJson(d.Example))), d.Inputs(), 3);
        float[] y = Trial.Forward(m, 2);
        Assert.Equal(2 * m.Graph.Outputs[0].Shape.At(1).ElementCount, y.Length);
        Assert.True(y.All(float.IsFinite) || name is "log" or "sqrt" or "negativeentropy");
        Dictionary<string, float[]> gradients = Trial.Gradients(m, 4);
        Assert.Equal(m.Graph.Parameters.Select(p => p.Name), gradients.Keys);
        Assert.All(gradients, g => Assert.True(g.Value.All(float.IsFinite) && g.Value.Any(v => v != 0), $"{g.Key} has no gradient"));
    }

    [Fact]
    public void Every_layer_is_described() => Assert.Equal(LayerRegistry.All.Names, LayerRegistry.All.Descriptions.Select(d => d.Name));
}
