using YarnDL.Graphs;
using YarnDL.Nn;
using YarnDL.Tensors;

namespace YarnDL.Training.Tests.Plans;

/// <summary>Weights that are used twice, reshaped, scaled or penalised before rows meet them.</summary>
public sealed class SharedWeightTests
{
    [Fact]
    public void A_weight_used_twice_gets_the_same_bits_whoever_computes() =>
        TinyRows.SameEverywhere(TinyRows.Plan(new Twice(), "x"), steps: 10);

    [Fact]
    public void A_weight_that_is_normalised_first_gets_the_same_bits_whoever_computes() =>
        TinyRows.SameEverywhere(TinyRows.Plan(new Normalised(), "x"), steps: 10);

    [Fact]
    public void A_penalty_of_weights_acts_once_however_many_shards_there_are()
    {
        var l2 = new Penalty(L2: 0.5);
        TrainingPlan free = TinyRows.Plan(new Linear(null, 3), "x") with { Epochs = 1 };
        TrainingPlan bound = TinyRows.Plan(new Linear(null, 3) { WeightPenalty = l2 }, "x") with { Epochs = 1 };
        TrainingPlan decayed = free with { Rules = [new ParameterRule("weight", new Sgd(0.1, weightDecay: 0.5))] };
        float[] weights = TinyRows.Train(bound);
        Assert.NotEqual(TinyRows.Train(free), weights);
        float[] expected = TinyRows.Train(decayed);
        for (int i = 0; i < weights.Length; i++)
        {
            Assert.Equal(expected[i], weights[i], 1e-6f);
        }

        TinyRows.SameEverywhere(bound with { Epochs = 2 }, steps: 10);
    }

    [Fact]
    public void A_penalty_of_an_output_is_a_mean_over_the_rows_and_is_shown()
    {
        TrainingPlan plan = TinyRows.Plan(new Sequential(new Linear(null, 8), new ReLU { OutputPenalty = new Penalty(L1: 0.3) }, new Linear(null, 3)), "x");
        TinyRows.SameEverywhere(plan, steps: 10);
        using var folder = new TemporaryFolder();
        using var engine = new Training.Engines.LocalEngine(1);
        var recorder = new Recorder();
        TinyRows.Fit(plan, folder["run"], engine, recorder);
        IReadOnlyDictionary<string, double> values = recorder.Epochs[0].Values;
        Assert.Equal(values["loss"], values["loss_kind_0"] + values.Single(v => v.Key.StartsWith("penalty_", StringComparison.Ordinal)).Value, 1e-9);
    }

    /// <summary>One matrix for two layers.</summary>
    private sealed class Twice : Module
    {
        private readonly Linear shared = new(6, 6);
        private readonly Linear last = new(6, 3);

        public override Value Forward(ModuleScope scope, Value x) => scope.Call(last, scope.G.Add("Tanh", scope.Call(shared, scope.G.Add("Tanh", scope.Call(shared, x)))));
    }

    /// <summary>A weight divided by its norm.</summary>
    private sealed class Normalised : Module
    {
        public override Value Forward(ModuleScope scope, Value x)
        {
            GraphBuilder g = scope.G;
            Value v = scope.Parameter("v", new Shape(6, 3), Initialiser.Normal());
            Value norm = g.Add("ReduceL2", v, g.Constant([0L]), ("keepdims", 1));
            return g.Add("MatMul", x, g.Add("Mul", g.Add("Div", v, norm), g.Constant(1.7f)));
        }
    }
}
