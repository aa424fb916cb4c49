using YarnDL.Tensors;

namespace YarnDL.Digits;

/// <summary>Draws a digit as a hand would: its own slant, size, place, thickness and wobble, on a slightly noisy ground.</summary>
internal static class DigitDrawing
{
    /// <summary>Height and width of a picture.</summary>
    public const int Size = 28;

    private const double Box = 20;

    /// <summary>The digit of a row and its picture, (28, 28) grey bytes, ink 255.</summary>
    public static int Draw(ulong seed, long row, Span<byte> pixels)
    {
        DigitRandom random = new(seed, row);
        int digit = random.Below(10);
        IReadOnlyList<(double X, double Y)[]> strokes = DigitStrokes.Of(digit, random.Below(DigitStrokes.WaysOf(digit)));
        // A few hands are hasty: all their deviations are larger.
        double haste = random.Chance(0.12) ? random.Between(1.3, 2.2) : 1;
        double slant = (0.12 + random.Normal(0.16)) * haste;
        double turn = random.Normal(0.09 * haste);
        double width = Box * random.Between(0.68, 1.02);
        double height = Box * random.Between(0.82, 1.06);
        double centerX = (Size / 2.0) + random.Normal(1.1 * haste);
        double centerY = (Size / 2.0) + random.Normal(1.0 * haste);
        double radius = random.Between(0.65, 1.75);
        double ink = random.Between(0.75, 1.0);
        double bend = random.Normal(0.045 * haste);
        double bendPhase = random.Between(0, 6.283);
        double wave = random.Normal(0.035 * haste);
        double wavePhase = random.Between(0, 6.283);
        (double sin, double cos) = (Maths.Sin(turn), Maths.Cos(turn));

        Span<double> coverage = stackalloc double[Size * Size];
        coverage.Clear();
        foreach ((double X, double Y)[] stroke in strokes)
        {
            (double X, double Y) last = default;
            double driftX = 0;
            double driftY = 0;
            for (int i = 0; i < stroke.Length; i++)
            {
                driftX = (driftX * 0.8) + random.Normal(0.011 * haste);
                driftY = (driftY * 0.8) + random.Normal(0.011 * haste);
                double x = stroke[i].X - 0.5 + driftX;
                double y = stroke[i].Y - 0.5 + driftY;
                x += bend * Maths.Sin((5 * y) + bendPhase);
                y += wave * Maths.Sin((5 * x) + wavePhase);
                x = (x * width) - (slant * y * height);
                y *= height;
                (double X, double Y) point = (centerX + (x * cos) - (y * sin), centerY + (x * sin) + (y * cos));
                if (i > 0)
                {
                    Cover(coverage, last, point, radius);
                }

                last = point;
            }
        }

        double ground = random.Between(0, 0.06);
        double grain = random.Between(0.01, 0.09);
        for (int i = 0; i < pixels.Length; i++)
        {
            double v = ground + ((ink - ground) * coverage[i]) + (grain * (random.Between(-1, 1) + random.Between(-1, 1)));
            pixels[i] = (byte)Math.Clamp((int)((v * 255) + 0.5), 0, 255);
        }

        return digit;
    }

    /// <summary>Marks the pixels near a piece of a stroke: full within the pen's radius, fading over one pixel.</summary>
    private static void Cover(Span<double> coverage, (double X, double Y) a, (double X, double Y) b, double radius)
    {
        double reach = radius + 1;
        int left = Math.Max(0, (int)Math.Floor(Math.Min(a.X, b.X) - reach));
        int right = Math.Min(Size - 1, (int)Math.Ceiling(Math.Max(a.X, b.X) + reach));
        int top = Math.Max(0, (int)Math.Floor(Math.Min(a.Y, b.Y) - reach));
        int bottom = Math.Min(Size - 1, (int)Math.Ceiling(Math.Max(a.Y, b.Y) + reach));
        double dx = b.X - a.X;
        double dy = b.Y - a.Y;
        double square = (dx * dx) + (dy * dy);
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                double px = x + 0.5 - a.X;
                double py = y + 0.5 - a.Y;
                double t = square > 0 ? Math.Clamp(((px * dx) + (py * dy)) / square, 0, 1) : 0;
                double ex = px - (t * dx);
                double ey = py - (t * dy);
                double cover = Math.Clamp(radius + 0.5 - Math.Sqrt((ex * ex) + (ey * ey)), 0, 1);
                ref double seen = ref coverage[(y * Size) + x];
                seen = Math.Max(seen, cover);
            }
        }
    }
}
