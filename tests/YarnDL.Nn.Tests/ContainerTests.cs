using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn.Tests;

public sealed class ContainerTests
{
    [Fact]
    public void One_branch_for_all_inputs_is_shared()
    {
        Symbol a = Input.Of("a", 4);
        Symbol b = Input.Of("b", 4);
        Model m = Model.Build(new Functional([a, b], new Parallel("concat", 1, new Linear(4, 3)).Apply(a, b)), 1);
        Assert.Equal(["0.0.weight", "0.0.bias"], m.Graph.Parameters.Select(p => p.Name));
        Assert.Equal("(N, 6)", m.Graph.Outputs[0].Shape.ToString());
        float[] y = Trial.Forward(m, 2); // both inputs hold the same numbers
        Assert.Equal(y[..3], y[3..6]);
    }

    [Fact]
    public void Branches_see_the_same_input_and_are_joined()
    {
        InputSpec[] x = [new("x", DType.Float32, new Shape(4))];
        Model m = Model.Build(new Branches("sub", 1, new Identity(), new MulConstant(0.25)), x, 1);
        float[] plain = Trial.Forward(Model.Build(new Identity(), x, 1), 2);
        Assert.Equal(plain.Select(v => v - (0.25f * v)), Trial.Forward(m, 2));
        Assert.Throws<GraphException>(() => Model.Build(new Branches("between", 1, new Identity(), new Identity()), x, 1));
    }

    [Fact]
    public void A_layer_runs_at_every_place_of_several_axes()
    {
        InputSpec[] x = [new("x", DType.Float32, new Shape(2, 3, 4))];
        Model places = Model.Build(new TimeDistributed(new Linear(4, 5) { Name = "fc" }, 2), x, 1);
        Model direct = Model.Build(new Linear(4, 5) { Name = "fc" }, x, 1);
        Assert.Equal("(N, 2, 3, 5)", places.Graph.Outputs[0].Shape.ToString());
        Assert.Equal(Trial.Forward(direct, 3), Trial.Forward(places, 3));
    }

    [Fact]
    public void A_layer_in_one_expression_has_a_gradient()
    {
        var layer = new Lambda((scope, v) => scope.G.Add("Mul", v[0], scope.Parameter("factor", new Shape(1), Initialiser.Constant(2))));
        Model m = Model.Build(layer, [new("x", DType.Float32, new Shape(2))], 1);
        float[] x = Trial.Forward(Model.Build(new Identity(), [new("x", DType.Float32, new Shape(2))], 1), 1);
        Assert.Equal(x.Select(v => 2 * v), Trial.Forward(m, 1));
        Assert.Equal(4 * ((x[0] * x[0]) + (x[1] * x[1])), Trial.Gradients(m, 1)["factor"][0], 1e-5f); // of the sum of squares of 2 x
    }

    [Fact]
    public void A_decoder_feeds_each_step_with_the_one_before()
    {
        InputSpec[] x = [new("x", DType.Float32, new Shape(3))];
        Model three = Model.Build(new RecurrentDecoder(3), x, 4);
        Model one = Model.Build(new RecurrentDecoder(1), x, 4);
        float[] all = Trial.Forward(three, 1);
        Assert.Equal(Trial.Forward(one, 1), all[..3]);

        // By the formula: gates i, f, g, o of the input h and the state h.
        float[] w = three.Weights("weight_ih_l0").ToArray();
        float[] u = three.Weights("weight_hh_l0").ToArray();
        float[] b = [.. three.Weights("bias_ih_l0").ToArray().Zip(three.Weights("bias_hh_l0").ToArray(), (p, q) => p + q)];
        float[] input = Trial.Forward(Model.Build(new Identity(), x, 1), 1);
        double[] h = new double[3];
        double[] c = new double[3];
        double[] next = [.. input];
        for (int t = 0; t < 3; t++)
        {
            double[] gates = [.. Enumerable.Range(0, 12).Select(k => b[k] + Enumerable.Range(0, 3).Sum(j => (w[(k * 3) + j] * next[j]) + (u[(k * 3) + j] * h[j])))];
            static double S(double v) => 1 / (1 + Math.Exp(-v));
            for (int k = 0; k < 3; k++)
            {
                c[k] = (S(gates[3 + k]) * c[k]) + (S(gates[k]) * Math.Tanh(gates[6 + k]));
                h[k] = S(gates[9 + k]) * Math.Tanh(c[k]);
                Assert.Equal(h[k], all[(t * 3) + k], 1e-5);
            }

            next = [.. h];
        }
    }

    [Fact]
    public void A_residual_adds_its_input_and_a_shortcut_makes_it_fit()
    {
        InputSpec[] x = [new("x", DType.Float32, new Shape(4))];
        float[] plain = Trial.Forward(Model.Build(new Identity(), x, 1), 2);
        Assert.Equal(plain.Select(v => v + Math.Max(0, v)), Trial.Forward(Model.Build(new Residual(new ReLU()), x, 1), 2));
        Model m = Model.Build(new Residual(new Linear(4, 2), new Linear(4, 2, bias: false), "relu"), x, 1);
        Assert.Equal(["inner.weight", "inner.bias", "shortcut.weight"], m.Graph.Parameters.Select(p => p.Name));
    }
}
