using System.Text.Json;
using YarnDL.Testing;

namespace YarnDL.Nn.Tests;

/// <summary>Trajectories of 20 steps on given gradients, with the state after steps 1 and 20.</summary>
public sealed class Golden_optimizers
{
    [Fact]
    public void Trajectories_and_states_agree() => Golden.RunAll("optimizers", Run, atLeast: 20);

    private static bool Run(GoldenCase c)
    {
        if (Create(c) is not { } optimizer)
        {
            return false;
        }

        double decay = c.Number("lr_decay");
        Schedule schedule = decay == 0 ? new ConstantSchedule() : new InverseTimeSchedule(decay, perEpoch: false);
        float[][] weights = [c.Inputs["p0"].Floats(), c.Inputs["p1"].Floats()];
        float[][] gradients = [c.Inputs["g0"].Floats(), c.Inputs["g1"].Floats()];
        Memory<float>[][] state = Array.ConvertAll(weights, w => optimizer.StateNames.Select(_ => new float[w.Length].AsMemory()).ToArray());
        for (int t = 0; t < 20; t++)
        {
            UpdateStep step = schedule.At(t, 20, 1, optimizer.LearningRate);
            float[][] now = [.. weights.Select((w, p) => gradients[p].AsSpan(t * w.Length, w.Length).ToArray())];
            Clip(c, now);
            for (int p = 0; p < 2; p++)
            {
                optimizer.Update(weights[p], now[p], state[p], step);
                GoldenTensor want = c.Outputs["p" + p];
                int n = weights[p].Length;
                new GoldenTensor(want.Name, "F64", [n], Bytes(want.Doubles().AsSpan(t * n, n))).AssertClose($"p{p} after step {t}", weights[p], c.Rtol, c.Atol);
                for (int s = 0; s < optimizer.StateNames.Count; s++)
                {
                    if (c.Role("state").TryGetValue($"step{t + 1}/p{p}/{optimizer.StateNames[s]}", out GoldenTensor? expected))
                    {
                        expected.AssertClose($"{optimizer.StateNames[s]} of p{p} after step {t}", state[p][s].Span.ToArray(), c.Rtol, c.Atol);
                    }
                }
            }
        }

        return true;
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
            _ => null,
        };
    }

    private static byte[] Bytes(ReadOnlySpan<double> values) => System.Runtime.InteropServices.MemoryMarshal.AsBytes(values).ToArray();
}
