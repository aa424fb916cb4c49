namespace YarnDL.Nn;

/// <summary>A step length that meets the strong Wolfe conditions, by bracketing and cubic interpolation, PyTorch's order of tests. Nocedal and Wright, 2006, algorithms 3.5 and 3.6.</summary>
internal static class WolfeSearch
{
    private const double Decrease = 1e-4;
    private const double Curvature = 0.9;
    private const double Tolerance = 1e-9;
    private const int MostRounds = 25;

    /// <param name="budget">Rounds at most, one evaluation each after the first; without any the first length is taken if the loss fell, else none.</param>
    public static LineSearch Run(LossAndGradient evaluate, double[] start, double length, double[] direction, double loss, double[] gradient, double slope, int budget)
    {
        int rounds = Math.Min(MostRounds, budget);
        var origin = new Point(0, loss, [.. gradient], slope);
        int count = 0;
        Point At(double t)
        {
            count++;
            double[] x = [.. start];
            Lbfgs.Move(x, direction, t);
            var g = new double[x.Length];
            double f = evaluate(x, g);
            return new(t, f, g, Lbfgs.Dot(g, direction));
        }

        bool Worse(Point p) => p.Loss > loss + (Decrease * p.Length * slope);

        Point now = At(length);
        Point before = origin;
        Point[]? bracket = null;
        int round = 0;
        for (; round < rounds; round++)
        {
            if (Worse(now) || (round > 1 && now.Loss >= before.Loss))
            {
                bracket = [before, now];
                break;
            }

            if (Math.Abs(now.Slope) <= -Curvature * slope)
            {
                return new(now.Loss, now.Gradient, now.Length, count);
            }

            if (now.Slope >= 0)
            {
                bracket = [before, now];
                break;
            }

            double next = Cubic(before, now, now.Length + (0.01 * (now.Length - before.Length)), now.Length * 10);
            before = now;
            now = At(next);
        }

        bracket ??= [origin, now];
        bool slow = false;
        int low = bracket[0].Loss <= bracket[1].Loss ? 0 : 1;
        double widest = Lbfgs.Largest(direction);
        for (; round < rounds; round++)
        {
            double least = Math.Min(bracket[0].Length, bracket[1].Length);
            double most = Math.Max(bracket[0].Length, bracket[1].Length);
            if ((most - least) * widest < Tolerance)
            {
                break;
            }

            double t = Cubic(bracket[0], bracket[1], least, most);
            double margin = 0.1 * (most - least);
            if (Math.Min(most - t, t - least) < margin)
            {
                if (slow || t >= most || t <= least)
                {
                    t = Math.Abs(t - most) < Math.Abs(t - least) ? most - margin : least + margin;
                    slow = false;
                }
                else
                {
                    slow = true;
                }
            }
            else
            {
                slow = false;
            }

            Point p = At(t);
            if (Worse(p) || p.Loss >= bracket[low].Loss)
            {
                bracket[1 - low] = p;
                low = bracket[0].Loss <= bracket[1].Loss ? 0 : 1;
                continue;
            }

            bool enough = Math.Abs(p.Slope) <= -Curvature * slope;
            if (!enough && p.Slope * (bracket[1 - low].Length - bracket[low].Length) >= 0)
            {
                bracket[1 - low] = bracket[low];
            }

            bracket[low] = p;
            if (enough)
            {
                break;
            }
        }

        Point best = bracket[low];
        return new(best.Loss, best.Gradient, best.Length, count);
    }

    /// <summary>The minimum of the cubic through two points with their slopes, kept within the bounds; their middle when there is none.</summary>
    private static double Cubic(Point a, Point b, double least, double most)
    {
        double d1 = a.Slope + b.Slope - (3 * (a.Loss - b.Loss) / (a.Length - b.Length));
        double square = (d1 * d1) - (a.Slope * b.Slope);
        if (square < 0)
        {
            return (least + most) / 2;
        }

        double d2 = Math.Sqrt(square);
        double at = a.Length <= b.Length
            ? b.Length - ((b.Length - a.Length) * ((b.Slope + d2 - d1) / (b.Slope - a.Slope + (2 * d2))))
            : a.Length - ((a.Length - b.Length) * ((a.Slope + d2 - d1) / (a.Slope - b.Slope + (2 * d2))));
        return Math.Min(Math.Max(at, least), most);
    }

    private readonly record struct Point(double Length, double Loss, double[] Gradient, double Slope);
}
