using System.Text;
using YarnDL.Graphs;
using YarnDL.Testing;

namespace YarnDL.Nn.Tests;

/// <summary>docs/layers.md is made from the registries of layers and networks.</summary>
public sealed class Layer_docs
{
    [Fact]
    public void The_page_of_layers_is_what_the_registries_say()
    {
        string path = Path.Combine(SharedFolder.Root, "docs", "layers.md");
        string page = Page();
        if (Environment.GetEnvironmentVariable("YARNDL_REGENERATE") == "1")
        {
            File.WriteAllText(path, page);
        }

        Assert.True(File.Exists(path) && File.ReadAllText(path) == page, "docs/layers.md differs from the registries; run this test with YARNDL_REGENERATE=1 and commit the page");
    }

    private static string Page()
    {
        var s = new StringBuilder("""
            # Layers and networks

            Made from the registries by the tests of YarnDL.Nn; do not edit. In a job file a layer is `relu` or `{type: linear, out: 10}`; in the library it is a
            class of the same name (`new Linear(null, 10)`). N is the rows of the batch. Shapes and parameters are those of the example. Every layer also takes
            `name`, `frozen` (its parameters do not learn), and `weightPenalty`, `biasPenalty`, `outputPenalty`: maps with `l1` and `l2` of what is added to the loss.
            Weights are drawn as PyTorch draws them where it has the layer; `weightInit` and `biasInit` name another way.


            """);
        Table(s, "Layers", LayerRegistry.All);
        Table(s, "Networks", ModelRegistry.All);
        return s.Append("## Initialisers\n\n").Append(string.Join(", ", Initialiser.All.Names.Select(n => $"`{n}`"))).Append('\n').ToString();
    }

    private static void Table(StringBuilder s, string title, Registry<Module> registry)
    {
        s.Append($"## {title}\n\n| name | what it is and its options (defaults) | example | input | output | parameters | source |\n|---|---|---|---|---|---|---|\n");
        foreach (Description d in registry.Descriptions)
        {
            Graph g = Model.Outline(registry.Create(Spec.FromJson(FlowText.ToJson(d.Example))), d.Inputs());
            string[] parameters = g.Parameters.Count > 8 ? [$"{g.Parameters.Count} tensors, {g.ParameterCount:#,0} numbers"] : [.. g.Parameters.Select(p => $"`{p.Name}` {p.Shape}")];
            s.Append($"| `{d.Name}` | {d.Text} | `{d.Example}` | {string.Join(", ", g.Inputs.Select(i => $"{i.Shape}"))} | {g.Outputs[0].Shape} | {string.Join(", ", parameters)} | {d.Source} |\n");
        }

        s.Append('\n');
    }
}
