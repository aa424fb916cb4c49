namespace YarnDL.Tensors.Kernels;

/// <summary>Lines along the middle axis of (outer, n, inner): neighbours in memory when inner is 1, gathered into scratch otherwise, so that every line is computed the same way.</summary>
internal static unsafe class Line
{
    /// <summary>Where line <paramref name="item"/> begins.</summary>
    public static long Start(long item, long n, long inner) => (item / inner * n * inner) + (item % inner);

    /// <summary>The line itself, or its copy in <paramref name="scratch"/>.</summary>
    public static float* Gather(float* line, long n, long inner, float* scratch)
    {
        if (inner == 1)
        {
            return line;
        }

        for (long i = 0; i < n; i++)
        {
            scratch[i] = line[i * inner];
        }

        return scratch;
    }

    /// <summary>Writes a result made in scratch back to its line.</summary>
    public static void Scatter(float* scratch, float* line, long n, long inner)
    {
        if (inner == 1)
        {
            return;
        }

        for (long i = 0; i < n; i++)
        {
            line[i * inner] = scratch[i];
        }
    }
}
