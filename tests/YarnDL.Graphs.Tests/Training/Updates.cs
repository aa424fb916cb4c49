namespace YarnDL.Graphs.Tests.Training;

/// <summary>Plain update rules for the golden runs, written as their formulas.</summary>
internal static class Updates
{
    public static Action<float[], float[], int> Sgd(float rate, float momentum = 0)
    {
        float[]? velocity = null;
        return (w, g, step) =>
        {
            velocity ??= new float[w.Length];
            for (int i = 0; i < w.Length; i++)
            {
                velocity[i] = step == 1 ? g[i] : (momentum * velocity[i]) + g[i];
                w[i] -= rate * velocity[i];
            }
        };
    }

    public static Action<float[], float[], int> Adam(double rate)
    {
        float[]? first = null;
        float[]? second = null;
        return (w, g, step) =>
        {
            first ??= new float[w.Length];
            second ??= new float[w.Length];
            double correction1 = 1 - Math.Pow(0.9, step);
            double correction2 = 1 - Math.Pow(0.999, step);
            for (int i = 0; i < w.Length; i++)
            {
                first[i] = (0.9f * first[i]) + (0.1f * g[i]);
                second[i] = (0.999f * second[i]) + (0.001f * g[i] * g[i]);
                w[i] -= (float)(rate / correction1 * first[i] / (Math.Sqrt(second[i] / correction2) + 1e-8));
            }
        };
    }
}
