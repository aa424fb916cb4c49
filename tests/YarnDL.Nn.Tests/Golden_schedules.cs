using YarnDL.Testing;

namespace YarnDL.Nn.Tests;

/// <summary>60 rates each, and the momentum of the one-cycle schedule.</summary>
public sealed class Golden_schedules
{
    [Fact]
    public void Rates_and_momenta_agree() => Golden.RunAll("schedules", Run, atLeast: 10);

    private static bool Run(GoldenCase c)
    {
        if (Create(c) is not { } schedule)
        {
            return false;
        }

        int n = c.Outputs["lr"].Count;
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
        _ => null,
    };
}
