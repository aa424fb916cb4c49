using YarnDL.Testing;

namespace YarnDL.Nn.Tests;

/// <summary>60 rates each, and the momentum of the one-cycle schedule.</summary>
public sealed class Golden_schedules
{
    [Fact]
    public void Rates_and_momenta_agree() => Golden.RunAll("schedules", Run);

    private static bool Run(GoldenCase c)
    {
        if (Create(c) is not { } schedule)
        {
            return false;
        }

        int n = c.Outputs["lr"].Count;
        if (c.Op == "Plateau")
        {
            Observed(c, schedule, n);
            return true;
        }

        UpdateStep[] steps = [.. Enumerable.Range(0, n).Select(t => schedule.At(t, n, c.Int("epoch_size", 1), c.Number("lr")))];
        Assert.All(steps, (s, t) => Assert.Equal(t, s.Step));
        c.Outputs["lr"].AssertClose("rate", steps.Select(s => s.LearningRate).ToArray(), c.Rtol, c.Atol);
        if (c.Outputs.TryGetValue("momentum", out GoldenTensor? momentum))
        {
            momentum.AssertClose("momentum", steps.Select(s => s.Momentum!.Value).ToArray(), c.Rtol, c.Atol);
        }

        Schedule again = Schedule.From(Spec.FromJson(schedule.Spec.ToJson()));
        Assert.Equal(steps, Enumerable.Range(0, n).Select(t => again.At(t, n, c.Int("epoch_size", 1), c.Number("lr"))));
        return true;
    }

    /// <summary>A schedule that hears a measure after each epoch, its state written and read back in between.</summary>
    private static void Observed(GoldenCase c, Schedule schedule, int n)
    {
        schedule = Schedule.From(Spec.FromJson(schedule.Spec.ToJson()));
        double[] metric = c.Inputs["metric"].Doubles();
        double[] state = schedule.Begin(c.Number("lr"));
        var rates = new double[n];
        for (int t = 0; t < n; t++)
        {
            rates[t] = schedule.At(t, n, 1, c.Number("lr"), state).LearningRate;
            state = [.. state];
            schedule.Observe(state, metric[t]);
        }

        c.Outputs["lr"].AssertClose("rate", rates, c.Rtol, c.Atol);
    }

    private static Schedule? Create(GoldenCase c) => c.Op switch
    {
        "Default" when !c.Has("lr_decay") => new ConstantSchedule(),
        "Default" => new InverseTimeSchedule(c.Number("lr_decay"), perEpoch: false),
        "Step" => new StepSchedule(c.Int("step_size"), c.Number("gamma"), perEpoch: false),
        "EpochStep" => new StepSchedule(c.Int("step_size"), c.Number("gamma")),
        "MultiStep" => new MultiStepSchedule([.. c.Attr("milestones").EnumerateArray().Select(e => e.GetInt64())], c.Number("gamma"), perEpoch: false),
        "Exponential" => new ExponentialSchedule(c.Number("decay_rate"), c.Int("decay_step"), c.Int("stair_case") != 0, perEpoch: false),
        "InverseTime" => new InverseTimeSchedule(c.Number("gamma"), c.Int("decay_step"), c.Int("stair_case") != 0, perEpoch: false),
        "Poly" or "PolynomialDecay" => new PolynomialSchedule(c.Number("power"), c.Number("end_lr"), c.Int("max_iteration")),
        "Cosine" => new CosineSchedule(c.Number("eta_min"), c.Int("T_max")),
        "WarmupPoly" => new WarmUpSchedule(c.Int("warmup_iteration"), new PolynomialSchedule(c.Number("power"), 0, c.Int("max_iteration") - c.Int("warmup_iteration")), c.Number("start_lr") / c.Number("lr")),
        "OneCycle" => new OneCycleSchedule(c.Number("max_lr"), c.Number("pct_start"), c.Text("anneal_strategy") == "cos", c.Number("div_factor"),
            c.Number("final_div_factor"), c.Int("three_phase") != 0, true, c.Number("base_momentum"), c.Number("max_momentum")),
        "NaturalExp" or "NaturalExpSmooth" => new NaturalExponentialSchedule(c.Number("gamma"), c.Int("decay_step"), c.Op == "NaturalExp", perEpoch: false),
        "PolyEpochDecay" => new PolynomialEpochSchedule(c.Number("power"), c.Int("max_epochs")),
        "CosineWarmRestarts" => new CosineRestartsSchedule(c.Int("T_0"), c.Int("T_mult"), c.Number("eta_min"), perEpoch: false),
        "SequentialSchedule" => new SequentialSchedule([new GrowthSchedule(c.Attr("schedules")[0].GetProperty("delta").GetDouble()),
            new PolynomialSchedule(c.Attr("schedules")[1].GetProperty("power").GetDouble(), 0, c.Attr("schedules")[1].GetProperty("max_iteration").GetInt64())],
            [c.Attr("schedules")[0].GetProperty("iterations").GetInt64()]),
        "EpochDecayWithWarmUp" => new EpochDecayWarmUpSchedule(c.Int("warmup_iteration"), c.Number("warmup_delta"), [.. c.Attr("decay_epochs").EnumerateArray().Select(e => e.GetInt64())]),
        "EpochStep1" => new StepSchedule(c.Int("step_size"), c.Number("gamma"), first: 1),
        "EpochDecay" => new EpochDecaySchedule([.. c.Attr("table").EnumerateArray().Select(e => e.GetInt64())]),
        "EpochSchedule" => new RegimeSchedule([.. c.Attr("regimes").EnumerateArray().Select(r => r[0].GetInt64())], [.. c.Attr("regimes").EnumerateArray().Select(r => r[2].GetDouble())],
            [.. c.Attr("regimes").EnumerateArray().Select(r => r[3].GetDouble())]),
        "Noam" => new NoamSchedule(c.Int("d_model"), c.Int("warmup_steps"), c.Number("factor")),
        "Cyclic" => new CyclicSchedule(c.Number("base_lr"), c.Number("max_lr"), c.Int("step_size_up"), c.Int("step_size_down"), c.Text("mode") == "exp_range" ? "range" : c.Text("mode"), c.Number("gamma")),
        "Plateau" => new PlateauSchedule(c.Text("mode") == "max", c.Number("factor"), c.Int("patience"), c.Number("threshold"), c.Text("threshold_mode") == "rel", c.Int("cooldown"), c.Number("min_lr"), c.Number("eps")),
        "LinearLR" => new LinearSchedule(c.Number("start_factor"), c.Number("end_factor"), c.Int("total_iters"), perEpoch: false),
        "InverseSqrt" => new InverseSqrtSchedule(c.Int("warmup_steps")),
        _ => null,
    };
}
