using YarnDL.Testing;

namespace YarnDL.Nn.Tests;

public sealed class ModelZooTests
{
    public static TheoryData<string> Names => [.. ModelRegistry.All.Descriptions.Select(d => d.Name)];

    [Theory]
    [InlineData("{type: lenet5}", "float (1, 28, 28)", 61_706)]
    [InlineData("{type: smallresnet, depth: 20}", "float (3, 32, 32)", 269_722)]
    [InlineData("{type: smallresnet, depth: 32}", "float (3, 32, 32)", 464_154)]
    [InlineData("{type: smallresnet, depth: 56}", "float (3, 32, 32)", 853_018)]
    [InlineData("{type: smallresnet, depth: 110}", "float (3, 32, 32)", 1_727_962)]
    [InlineData("{type: resnet, depth: 18}", "float (3, 64, 64)", 11_689_512)]
    [InlineData("{type: resnet, depth: 34}", "float (3, 64, 64)", 21_797_672)]
    [InlineData("{type: resnet, depth: 50}", "float (3, 64, 64)", 25_557_032)]
    [InlineData("{type: vgg, depth: 16}", "float (3, 224, 224)", 138_357_544)]
    [InlineData("{type: vgg, depth: 19}", "float (3, 224, 224)", 143_667_240)]
    [InlineData("{type: vgg, depth: 16, batchNorm: true}", "float (3, 224, 224)", 138_365_992)]
    [InlineData("{type: inceptionv1}", "float (3, 224, 224)", 6_624_904)]
    [InlineData("{type: inceptionv1, original: true}", "float (3, 224, 224)", 6_998_552)]
    [InlineData("{type: alexnet}", "float (3, 224, 224)", 61_100_840)]
    [InlineData("{type: mlp, outputs: 10, hidden: [512, 512]}", "float (784)", 669_706)]
    [InlineData("{type: autoencoder}", "float (784)", 50_992)]
    [InlineData("{type: vae}", "float (784)", 652_824)]
    public void A_network_has_as_many_parameters_as_published(string spec, string input, long parameters)
    {
        Module network = ModelRegistry.Create(Spec.FromJson(FlowText.ToJson(spec)));
        Assert.Equal(parameters, Model.Outline(network, new Description("", "", "", input).Inputs()).ParameterCount);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_example_of_a_network_runs_and_every_parameter_learns(string name)
    {
        Description d = ModelRegistry.All.Descriptions.Single(x => x.Name == name);
        Model m = Model.Build(ModelRegistry.Create(Spec.FromJson(FlowText.ToJson(d.Example))), d.Inputs(), 3);
        float[] y = Trial.Forward(m, 2);
        Assert.Equal(2 * m.Graph.Outputs[0].Shape.At(1).ElementCount, y.Length);
        Assert.All(y, v => Assert.True(float.IsFinite(v)));
        Dictionary<string, float[]> gradients = Trial.Gradients(m, 4);
        Assert.Equal(m.Graph.Parameters.Select(p => p.Name), gradients.Keys);
        Assert.All(gradients, g => Assert.True(g.Value.All(float.IsFinite) && g.Value.Any(v => v != 0), $"{g.Key} has no gradient"));
    }
}
