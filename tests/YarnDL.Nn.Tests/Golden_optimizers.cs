using System.Text.Json;
using YarnDL.Tensors;
using YarnDL.Testing;

namespace YarnDL.Nn.Tests;

/// <summary>Trajectories of 20 steps on given gradients, with the state after steps 1 and 20.</summary>
public sealed class Golden_optimizers
{
    [Fact]
    public void Trajectories_and_states_agree() => Golden.RunAll("optimizers", Run);

    private static bool Run(GoldenCase c)
    {
        if (c.Op.StartsWith("Sparse", StringComparison.Ordinal) || c.Op == "LBFGS")
        {
            return c.Op == "LBFGS" ? Lbfgs(c) : Rows(c);
        }

        if (Create(c) is not { } optimizer)
        {
            return false;
        }

        double decay = c.Number("lr_decay");
        Schedule schedule = c.Has("warmup_portion") ? new WarmUpLinearSchedule(c.Number("warmup_portion"), c.Int("total")) : decay == 0 || c.Op != "SGD" ? new ConstantSchedule() : new InverseTimeSchedule(decay, perEpoch: false);
        float[][] weights = [c.Inputs["p0"].Floats(), c.Inputs["p1"].Floats()];
        float[][] gradients = [c.Inputs["g0"].Floats(), c.Inputs["g1"].Floats()];
        Memory<float>[][] state = Array.ConvertAll(weights, w => Initial(optimizer, w.Length));
        for (int t = 0; t < 20; t++)
        {
            UpdateStep step = schedule.At(t, 20, 1, optimizer.LearningRate);
            float[][] now = [.. weights.Select((w, p) => gradients[p].AsSpan(t * w.Length, w.Length).ToArray())];
            Clip(c, now);
            for (int p = 0; p < 2; p++)
            {
                optimizer.UpdateTensor(new Shape(c.Inputs["p" + p].Shape), weights[p], now[p], state[p], step);
                GoldenTensor want = c.Outputs["p" + p];
                int n = weights[p].Length;
                new GoldenTensor(want.Name, "F64", [n], Bytes(want.Doubles().AsSpan(t * n, n))).AssertClose($"p{p} after step {t}", weights[p], c.Rtol, c.Atol);
                for (int s = 0; s < optimizer.StateNames.Count; s++)
                {
                    string name = c.Op == "Adafactor" && p == 1 && s == 0 ? "variance" : optimizer.StateNames[s];
                    if (c.Role("state").TryGetValue($"step{t + 1}/p{p}/{name}", out GoldenTensor? expected))
                    {
                        expected.AssertClose($"{name} of p{p} after step {t}", state[p][s].Span[..expected.Count].ToArray(), c.Rtol, c.Atol);
                    }
                }
            }
        }

        return true;
    }

    private static Memory<float>[] Initial(Optimizer optimizer, int count)
    {
        Memory<float>[] state = [.. optimizer.StateNames.Select(_ => new float[count].AsMemory())];
        for (int i = 0; i < state.Length; i++)
        {
            state[i].Span.Fill(optimizer.InitialState(i));
        }

        return state;
    }

    /// <summary>Gradients of looked-up rows.</summary>
    private static bool Rows(GoldenCase c)
    {
        Optimizer optimizer = c.Op switch
        {
            "SparseAdam" => new SparseAdam(c.Number("lr"), c.Attr("betas")[0].GetDouble(), c.Attr("betas")[1].GetDouble(), c.Number("eps")),
            "SparseSGD" => new Sgd(c.Number("lr")),
            "SparseAdagrad" => new Adagrad(c.Number("lr"), epsilon: c.Number("eps")),
            _ => throw new NotSupportedException(c.Op),
        };
        optimizer = Optimizer.From(Spec.FromJson(optimizer.Spec.ToJson()));
        float[] weights = c.Inputs["W"].Floats();
        int width = (int)c.Inputs["W"].Shape[1];
        int looked = (int)c.Inputs["indices"].Shape[1];
        Memory<float>[] state = Initial(optimizer, weights.Length);
        for (int t = 0; t < 20; t++)
        {
            var gradient = RowGradient.Collect(c.Inputs["indices"].Longs().AsSpan(t * looked, looked), c.Inputs["row_grads"].Floats().AsSpan(t * looked * width, looked * width));
            optimizer.UpdateRows(weights, width, gradient, state, new UpdateStep(t, optimizer.LearningRate));
            GoldenTensor want = c.Outputs["W"];
            new GoldenTensor(want.Name, "F64", [weights.Length], Bytes(want.Doubles().AsSpan(t * weights.Length, weights.Length))).AssertClose($"W after step {t}", weights, c.Rtol, c.Atol);
        }

        for (int s = 0; s < optimizer.StateNames.Count; s++)
        {
            c.Role("state")[$"step20/W/{optimizer.StateNames[s]}"].AssertClose(optimizer.StateNames[s], state[s].Span.ToArray(), c.Rtol, c.Atol);
        }

        return true;
    }

    private static bool Lbfgs(GoldenCase c)
    {
        var optimizer = (Lbfgs)Optimizer.From(Spec.FromJson(new Lbfgs(c.Number("lr"), (int)c.Int("max_iter"), (int)c.Int("history_size"), c.Text("line_search_fn") == "strong_wolfe",
            c.Number("tolerance_grad", 1e-7), c.Number("tolerance_change", 1e-9)).Spec.ToJson()));
        double[] x = c.Inputs["x0"].Doubles();
        var state = new LbfgsState();
        var losses = new double[20];
        var trace = new double[20 * x.Length];
        var evaluations = new double[20];
        for (int t = 0; t < 20; t++)
        {
            (losses[t], int count) = optimizer.Step(x, Rosenbrock, state);
            x.CopyTo(trace, t * x.Length);
            evaluations[t] = count;
        }

        // Five iterations a step amplify the last bit of a gradient until it shows after about 80 of them: there the first 12 steps must agree, and the end be as good.
        int strict = c.Int("max_iter") > 1 ? 12 : 20;
        c.Outputs["x"].First(strict).AssertClose("x", trace.AsSpan(0, strict * x.Length), c.Rtol, c.Atol);
        c.Outputs["loss_before_step"].First(strict).AssertClose("loss before each step", losses.AsSpan(0, strict), c.Rtol, c.Atol);
        c.Outputs["final_loss"].AssertClose("final loss", [Rosenbrock(x, new double[x.Length])], strict == 20 ? c.Rtol : 0.05, c.Atol);
        c.Outputs["evaluations"].AssertClose("evaluations so far", Sums(evaluations), 0, 0);
        return true;
    }

    private static double[] Sums(double[] x)
    {
        double sum = 0;
        return Array.ConvertAll(x, v => sum += v);
    }

    private static double Rosenbrock(ReadOnlySpan<double> x, Span<double> gradient)
    {
        double f = 0;
        gradient.Clear();
        for (int i = 0; i + 1 < x.Length; i++)
        {
            double a = x[i + 1] - (x[i] * x[i]);
            double b = 1 - x[i];
            f += (100 * a * a) + (b * b);
            gradient[i] -= 400 * a * x[i];
            gradient[i] -= 2 * b;
            gradient[i + 1] += 200 * a;
        }

        return f;
    }

    private static void Clip(GoldenCase c, float[][] gradients)
    {
        if (c.Has("clip_value") || c.Has("clip_min"))
        {
            float high = (float)(c.Has("clip_value") ? c.Number("clip_value") : c.Number("clip_max"));
            float low = (float)(c.Has("clip_value") ? -c.Number("clip_value") : c.Number("clip_min"));
            Array.ForEach(gradients, g => GradientClip.ToRange(g, low, high));
        }

        if (c.Has("clip_global_norm"))
        {
            float[] all = [.. gradients[0], .. gradients[1]];
            double norm = GradientClip.Norm(all);
            Array.ForEach(gradients, g => GradientClip.ToNorm(g, norm, c.Number("clip_global_norm"), c.Number("clip_eps")));
        }
    }

    private static Optimizer? Create(GoldenCase c)
    {
        double beta1 = c.Has("betas") ? c.Attr("betas")[0].GetDouble() : 0.9;
        double beta2 = c.Has("betas") ? c.Attr("betas")[1].GetDouble() : 0.999;
        bool Flag(string name) => c.Has(name) && c.Int(name) != 0;
        return c.Op switch
        {
            "SGD" => new Sgd(c.Number("lr"), c.Number("momentum"), c.Number("dampening"), c.Number("weight_decay"), Flag("nesterov"), Flag("maximize")),
            "Adam" => new Adam(c.Number("lr"), beta1, beta2, c.Number("eps", 1e-8), c.Number("weight_decay"), Flag("amsgrad"), Flag("maximize")),
            "AdamW" => new AdamW(c.Number("lr"), beta1, beta2, c.Number("eps", 1e-8), c.Number("weight_decay", 0.01), Flag("amsgrad"), Flag("maximize")),
            "Adamax" => new Adamax(c.Number("lr"), beta1, beta2, c.Number("eps", 1e-8), c.Number("weight_decay")),
            "NAdam" => new NAdam(c.Number("lr"), beta1, beta2, c.Number("eps", 1e-8), c.Number("weight_decay"), c.Number("momentum_decay", 4e-3), Flag("decoupled_weight_decay")),
            "RAdam" => new RAdam(c.Number("lr"), beta1, beta2, c.Number("eps", 1e-8), c.Number("weight_decay")),
            "Adagrad" => new Adagrad(c.Number("lr"), c.Number("lr_decay"), c.Number("weight_decay"), c.Number("eps", 1e-10), c.Number("initial_accumulator_value")),
            "Adadelta" => new Adadelta(c.Number("lr"), c.Number("rho", 0.9), c.Number("eps", 1e-6), c.Number("weight_decay")),
            "RMSprop" => new RmsProp(c.Number("lr"), c.Number("alpha", 0.99), c.Number("eps", 1e-8), c.Number("weight_decay"), c.Number("momentum"), Flag("centered")),
            "TfRMSprop" => new TfRmsProp(c.Number("lr"), c.Number("rho"), c.Number("momentum"), c.Number("epsilon"), Flag("centered")),
            "Rprop" when c.Has("etas") => new Rprop(c.Number("lr"), c.Attr("etas")[0].GetDouble(), c.Attr("etas")[1].GetDouble(), c.Attr("step_sizes")[0].GetDouble(), c.Attr("step_sizes")[1].GetDouble()),
            "Rprop" => new Rprop(c.Number("lr")),
            "ASGD" => new AveragedSgd(c.Number("lr"), c.Number("lambd", 1e-4), c.Number("alpha", 0.75), c.Number("t0", 1e6), c.Number("weight_decay")),
            "Adafactor" => new Adafactor(c.Number("lr"), c.Number("beta2_decay", -0.8), c.Attr("eps")[0].GetDouble(), c.Attr("eps")[1].GetDouble(), c.Number("d", 1), c.Number("weight_decay")),
            "Ftrl" => new Ftrl(c.Number("lr"), c.Number("learning_rate_power"), c.Number("initial_accumulator_value"), c.Number("l1"), c.Number("l2"), c.Number("l2_shrinkage"), c.Number("beta")),
            "LARS" => new Lars(c.Number("lr"), c.Number("momentum"), c.Number("weight_decay"), c.Number("trust_coefficient"), c.Number("eps")),
            "LAMB" => new Lamb(c.Number("lr"), beta1, beta2, c.Number("eps"), c.Number("weight_decay")),
            "Lion" => new Lion(c.Number("lr"), beta1, beta2, c.Number("weight_decay")),
            "AdamWeightDecay" => new AdamWeightDecay(c.Number("lr"), beta1, beta2, c.Number("eps"), c.Number("weight_decay")),
            _ => null,
        };
    }

    private static byte[] Bytes(ReadOnlySpan<double> values) => System.Runtime.InteropServices.MemoryMarshal.AsBytes(values).ToArray();
}
