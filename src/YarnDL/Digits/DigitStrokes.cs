using YarnDL.Tensors;

namespace YarnDL.Digits;

/// <summary>What each digit looks like: a few ways to write it, each a list of strokes, each a chain of points in a unit box, y down.</summary>
internal static class DigitStrokes
{
    private static readonly (double X, double Y)[][][][] Ways =
    [
        [[Arc(0.5, 0.5, 0.30, 0.44, -80, 285)], [Arc(0.5, 0.5, 0.36, 0.42, -100, 255)], [Arc(0.5, 0.5, 0.22, 0.45, -60, 300)]],
        [[Line(0.5, 0.05, 0.5, 0.95)], [Line(0.33, 0.24, 0.53, 0.05, 0.53, 0.95)], [Line(0.33, 0.24, 0.53, 0.05, 0.53, 0.93), Line(0.3, 0.93, 0.74, 0.93)]],
        [
            [Join(Arc(0.48, 0.3, 0.28, 0.25, -170, 40), Line(0.18, 0.93, 0.84, 0.93))],
            [Join(Arc(0.48, 0.28, 0.27, 0.23, -160, 60), Arc(0.3, 0.84, 0.13, 0.1, -60, -300), Line(0.5, 0.88, 0.84, 0.9))],
        ],
        [
            [Join(Arc(0.46, 0.28, 0.27, 0.22, -150, 85), Arc(0.45, 0.71, 0.31, 0.23, -85, 150))],
            [Join(Line(0.2, 0.08, 0.76, 0.08, 0.45, 0.42), Arc(0.44, 0.68, 0.32, 0.26, -80, 150))],
        ],
        [
            [Line(0.6, 0.05, 0.14, 0.64, 0.88, 0.64), Line(0.64, 0.36, 0.62, 0.96)],
            [Line(0.24, 0.08, 0.2, 0.5, 0.78, 0.5), Line(0.76, 0.06, 0.7, 0.96)],
        ],
        [
            [Line(0.8, 0.07, 0.3, 0.07), Join(Line(0.3, 0.07, 0.26, 0.44), Arc(0.46, 0.67, 0.33, 0.27, -115, 150))],
            [Join(Line(0.78, 0.08, 0.32, 0.1, 0.26, 0.42, 0.45, 0.4), Arc(0.46, 0.67, 0.3, 0.27, -80, 145))],
        ],
        [
            [Join(Line(0.68, 0.05, 0.45, 0.24, 0.28, 0.5), Arc(0.5, 0.7, 0.27, 0.24, -180, 170))],
            [Join(Arc(0.64, 0.42, 0.42, 0.38, -95, -175), Arc(0.48, 0.7, 0.26, 0.23, 180, -170))],
        ],
        [[Line(0.16, 0.1, 0.84, 0.1, 0.42, 0.95)], [Line(0.16, 0.1, 0.82, 0.1, 0.44, 0.95), Line(0.34, 0.52, 0.76, 0.5)], [Line(0.18, 0.2, 0.2, 0.09, 0.82, 0.09, 0.56, 0.5, 0.46, 0.95)]],
        [
            [Arc(0.5, 0.27, 0.23, 0.21, 90, 450), Arc(0.5, 0.71, 0.29, 0.24, -90, 270)],
            [Join(Arc(0.5, 0.28, 0.25, 0.22, -30, -270), Arc(0.5, 0.72, 0.28, 0.23, -90, 200), Line(0.3, 0.62, 0.72, 0.2))],
        ],
        [
            [Join(Arc(0.48, 0.3, 0.27, 0.24, 0, -355), Line(0.75, 0.3, 0.7, 0.95))],
            [Join(Arc(0.48, 0.3, 0.26, 0.24, -10, -350), Line(0.74, 0.34, 0.68, 0.7), Arc(0.46, 0.72, 0.22, 0.22, 10, 110))],
        ],
    ];

    /// <summary>How many ways a digit is written.</summary>
    public static int WaysOf(int digit) => Ways[digit].Length;

    /// <summary>The strokes of one way.</summary>
    public static IReadOnlyList<(double X, double Y)[]> Of(int digit, int way) => Ways[digit][way];

    private static (double X, double Y)[] Arc(double x, double y, double rx, double ry, double from, double to)
    {
        const int Parts = 16;
        var points = new (double X, double Y)[Parts + 1];
        for (int i = 0; i <= Parts; i++)
        {
            double angle = (from + ((to - from) * i / Parts)) * 3.141592653589793 / 180;
            points[i] = (x + (rx * Maths.Cos(angle)), y + (ry * Maths.Sin(angle)));
        }

        return points;
    }

    /// <summary>A chain of straight pieces, each cut in four so that a wobble can bend it.</summary>
    private static (double X, double Y)[] Line(params double[] xy)
    {
        const int Parts = 4;
        List<(double X, double Y)> points = [(xy[0], xy[1])];
        for (int i = 2; i < xy.Length; i += 2)
        {
            for (int p = 1; p <= Parts; p++)
            {
                double t = (double)p / Parts;
                points.Add((xy[i - 2] + ((xy[i] - xy[i - 2]) * t), xy[i - 1] + ((xy[i + 1] - xy[i - 1]) * t)));
            }
        }

        return [.. points];
    }

    private static (double X, double Y)[] Join(params (double X, double Y)[][] parts) => [.. parts.SelectMany(p => p)];
}
