using YarnDL.Graphs.Gradients;
using YarnDL.Graphs.Tests.Operators;
using YarnDL.Graphs.Tests.Reference;
using YarnDL.Tensors;
using YarnDL.Testing;

namespace YarnDL.Graphs.Tests.GoldenLayers;

/// <summary>The golden cases of layers and operators: results and gradients, with fixed shapes and, where it can be, with axis 0 as rows.</summary>
public sealed class Golden_layers
{
    [Fact]
    public void Operators_of_the_table_agree() => Golden.RunAll("layers", Check);

    private static bool Check(GoldenCase c)
    {
        if (Recipes.For(c) is not { } recipe)
        {
            return false;
        }

        int runs = Run(c, recipe, rows: true) + Run(c, recipe, rows: false);
        Assert.True(runs > 0, "neither with rows nor with fixed shapes does the graph build");
        return true;
    }

    /// <summary>1 when the case ran, 0 when it makes no sense this way, such as a transposition of the rows.</summary>
    private static int Run(GoldenCase c, Recipe recipe, bool rows)
    {
        var g = new GraphBuilder(c.Name);
        var values = new Dictionary<string, Value>();
        long n = rows && c.Inputs.Values.FirstOrDefault(t => t.Shape.Length > 0) is { } first ? first.Shape[0] : 1;
        IReadOnlyDictionary<string, Value> results;
        Value?[] gradients;
        (string Name, GoldenTensor Reference)[] wrt;
        var seeds = new List<(Value, Value)>();
        try
        {
            foreach ((string name, GoldenTensor t) in c.Inputs)
            {
                if (Recipes.IsKnown(name))
                {
                    values.Add(name, g.Constant(t.Longs()));
                    continue;
                }

                bool leads = rows && t.Shape.Length > 0 && t.Shape[0] == n && !Recipes.HasNoRows(c, name);
                values.Add(name, g.Input("in_" + name, Recipes.TypeOf(c, name, t), new SymbolicShape([.. t.Shape.Select((d, a) => a == 0 && leads ? Dim.N : new Dim(d))])));
            }

            foreach ((string name, GoldenTensor t) in c.Params)
            {
                values.Add(name, g.Input("param_" + name, DType.Float32, new SymbolicShape([.. t.Shape.Select(d => new Dim(d))])));
            }

            results = recipe(new LayerGraph(g, c, values));
            foreach ((string name, Value y) in results.Where(r => c.GradOutput.ContainsKey(r.Key)))
            {
                seeds.Add((y, g.Input("seed_" + name, y.DType, y.Shape)));
            }

            wrt = [.. c.GradInputs.Concat(c.GradParams).Select(p => (p.Key, p.Value)).Where(p => values[p.Key].DType == DType.Float32)];
            gradients = seeds.Count == 0 ? new Value?[wrt.Length] : GradientBuilder.Append(g, seeds, [.. wrt.Select(p => values[p.Name])]);
            wrt = seeds.Count == 0 ? [] : wrt;
        }
        catch (GraphException e) when (rows || e.Message.Contains("its first axis must be the rows", StringComparison.Ordinal))
        {
            return 0;
        }

        using var runner = new Runner(g.Build([.. results.Values, .. gradients.OfType<Value>()]));
        var given = new Dictionary<string, Array64>();
        foreach ((string name, GoldenTensor t) in c.Inputs.Concat(c.Params).Where(p => !Recipes.IsKnown(p.Key)))
        {
            given[values[name].Name] = new Array64(t.Shape, t.Doubles());
        }

        foreach ((string name, GoldenTensor t) in c.GradOutput)
        {
            // Where only a run knows the size there is room for more.
            double[] seed = t.Doubles();
            Array.Resize(ref seed, (int)results[name].Shape.At(n).ElementCount);
            given["seed_" + name] = new Array64(t.Shape, seed);
        }

        byte[][] got = runner.Run(Conversions.ToArrays(runner.Program.Graph.Inputs, given), [0, (int)n]);
        int output = 0;
        foreach ((string name, Value y) in results)
        {
            Assert.True(rows || Fits(y.Shape, c.Outputs[name].Shape), $"{name} is {y.Shape}");
            c.Outputs[name].AssertClose($"{c.Name} {name}{(rows ? " with rows" : "")}", Conversions.ToDoubles(y, got[output++]), c.Rtol, c.Atol);
        }

        for (int i = 0; i < wrt.Length; i++)
        {
            double[] gradient = gradients[i] is null ? new double[wrt[i].Reference.Count] : Conversions.ToDoubles(values[wrt[i].Name], got[output++]);
            wrt[i].Reference.AssertClose($"{c.Name} gradient of {wrt[i].Name}{(rows ? " with rows" : "")}", gradient, c.Rtol, c.Atol);
        }

        return 1;
    }

    private static bool Fits(SymbolicShape shape, long[] extents)
    {
        bool fits = shape.Rank == extents.Length;
        for (int a = 0; fits && a < extents.Length; a++)
        {
            fits = shape[a].IsBound ? extents[a] <= shape[a].Factor : shape[a] == extents[a];
        }

        return fits;
    }
}
