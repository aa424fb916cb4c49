namespace YarnDL.Graphs.Ops.Families;

/// <summary>One coordinate of GridSample: up to four taps of an axis with their weights and the weights' slopes.</summary>
internal unsafe struct SamplePlace
{
    private const float A = -0.75f; // of the cubic

    public fixed long Index[4];
    public fixed float Weight[4];
    public fixed float Slope[4];

    /// <summary>Taps; an index of -1 lies outside and counts as 0.</summary>
    public int Taps;

    /// <param name="at">Coordinate, -1 .. 1 from edge to edge.</param>
    /// <param name="extent">Of the axis.</param>
    /// <param name="mode">How values between are found.</param>
    /// <param name="padding">What lies outside.</param>
    /// <param name="corners">-1 and 1 are the centres of the outermost elements instead of their edges.</param>
    public static SamplePlace Of(float at, long extent, SampleMode mode, SamplePadding padding, bool corners)
    {
        SamplePlace p = default;
        float place = corners ? (at + 1) / 2 * (extent - 1) : (((at + 1) * extent) - 1) / 2;
        float slope = corners ? (extent - 1) / 2f : extent / 2f;
        if (mode != SampleMode.Cubic)
        {
            place = Bounded(place, extent, padding, corners, ref slope);
        }

        if (!(MathF.Abs(place) < int.MaxValue))
        {
            return p;
        }

        if (mode == SampleMode.Nearest)
        {
            p.Add((long)MathF.Round(place, MidpointRounding.ToEven), extent, 1, 0);
            return p;
        }

        var low = (long)MathF.Floor(place);
        float t = place - low;
        if (mode == SampleMode.Linear)
        {
            p.Add(low, extent, 1 - t, -slope);
            p.Add(low + 1, extent, t, slope);
            return p;
        }

        for (int k = 0; k < 4; k++)
        {
            float distance = k == 0 ? 1 + t : k == 1 ? t : k == 2 ? 1 - t : 2 - t;
            float sign = k < 2 ? slope : -slope;
            bool near = k is 1 or 2;
            float weight = near ? ((((A + 2) * distance) - (A + 3)) * distance * distance) + 1 : (((((A * distance) - (5 * A)) * distance) + (8 * A)) * distance) - (4 * A);
            float change = near ? ((3 * (A + 2) * distance) - (2 * (A + 3))) * distance : (((3 * A * distance) - (10 * A)) * distance) + (8 * A);
            float none = 0;
            p.Add((long)Bounded(low - 1 + k, extent, padding, corners, ref none), extent, weight, sign * change);
        }

        return p;
    }

    private void Add(long index, long extent, float weight, float slope)
    {
        Index[Taps] = index >= 0 && index < extent ? index : -1;
        Weight[Taps] = weight;
        Slope[Taps++] = slope;
    }

    private static float Bounded(float place, long extent, SamplePadding padding, bool corners, ref float slope)
    {
        if (padding == SamplePadding.Zeros)
        {
            return place;
        }

        if (padding == SamplePadding.Reflection)
        {
            float low = corners ? 0 : -0.5f;
            float span = corners ? extent - 1 : extent;
            if (span == 0)
            {
                slope = 0;
                return 0;
            }

            place -= low;
            slope = place < 0 ? -slope : slope;
            place = MathF.Abs(place);
            float times = MathF.Floor(place / span);
            float rest = place % span;
            bool back = times % 2 != 0;
            slope = back ? -slope : slope;
            place = (back ? span - rest : rest) + low;
        }

        slope = place <= 0 || place >= extent - 1 ? 0 : slope;
        return place <= 0 ? 0 : place >= extent - 1 ? extent - 1 : place;
    }
}
