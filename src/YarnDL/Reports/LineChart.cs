using System.Globalization;
using System.Net;
using System.Text;

namespace YarnDL.Reports;

/// <summary>Curves as an SVG picture; colours come from the page's style by class.</summary>
/// <param name="Title">Above the picture.</param>
/// <param name="XName">Under the horizontal axis.</param>
/// <param name="Curves">Name, points, whether the points are marked.</param>
internal sealed record LineChart(string Title, string XName, IReadOnlyList<(string Name, IReadOnlyList<(double X, double Y)> Points, bool Marked)> Curves)
{
    private const double Width = 440;
    private const double Height = 230;
    private const double Left = 54;
    private const double Right = 14;
    private const double Top = 12;
    private const double Bottom = 40;

    /// <summary>The figure with legend; empty when no curve has two finite points, or one that is marked.</summary>
    public string ToHtml()
    {
        List<(string Name, List<(double X, double Y)> Points, bool Marked, int Colour)> curves = [.. Curves
            .Select((c, i) => (c.Name, c.Points.Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y)).ToList(), c.Marked, i % 6))
            .Where(c => c.Item2.Count >= (c.Marked ? 1 : 2))];
        if (curves.Count == 0)
        {
            return "";
        }

        double x0 = curves.Min(c => c.Points.Min(p => p.X));
        double x1 = curves.Max(c => c.Points.Max(p => p.X));
        double y0 = curves.Min(c => c.Points.Min(p => p.Y));
        double y1 = curves.Max(c => c.Points.Max(p => p.Y));
        if (y0 > 0 && (y0 < 0.4 * y1 || y0 == y1))
        {
            y0 = 0;
        }

        double[] ty = Ticks(y0, y1);
        (y0, y1) = (Math.Min(y0, ty[0]), Math.Max(y1, ty[^1]));
        double[] tx = Ticks(x0, x1);
        tx = [.. tx.Where(t => t >= x0 && t <= x1)];
        double Px(double x) => Left + ((x - x0) / Span(x0, x1) * (Width - Left - Right));
        double Py(double y) => Height - Bottom - ((y - y0) / Span(y0, y1) * (Height - Top - Bottom));

        StringBuilder s = new();
        s.Append(CultureInfo.InvariantCulture, $"<figure><figcaption>{WebUtility.HtmlEncode(Title)}</figcaption><svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(Title)}\">");
        foreach (double t in ty)
        {
            s.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Py(t):0.##}\" y2=\"{Py(t):0.##}\"/><text class=\"tick\" x=\"{Left - 8}\" y=\"{Py(t) + 4:0.##}\" text-anchor=\"end\">{Short(t)}</text>");
        }

        foreach (double t in tx)
        {
            s.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"{Px(t):0.##}\" y=\"{Height - Bottom + 17}\" text-anchor=\"middle\">{Short(t)}</text>");
        }

        s.Append(CultureInfo.InvariantCulture, $"<line class=\"axis\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Height - Bottom}\" y2=\"{Height - Bottom}\"/><text class=\"tick\" x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 6}\" text-anchor=\"middle\">{WebUtility.HtmlEncode(XName)}</text>");
        foreach ((string name, List<(double X, double Y)> points, bool marked, int colour) in curves)
        {
            s.Append(CultureInfo.InvariantCulture, $"<polyline class=\"c{colour}{(marked ? "" : " fine")}\" points=\"{string.Join(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{Px(p.X):0.##},{Py(p.Y):0.##}")))}\"/>");
            foreach ((double x, double y) in marked ? points : [])
            {
                s.Append(CultureInfo.InvariantCulture, $"<circle class=\"c{colour}\" cx=\"{Px(x):0.##}\" cy=\"{Py(y):0.##}\" r=\"3.5\"><title>{WebUtility.HtmlEncode(name)} {Short(y)} at {WebUtility.HtmlEncode(XName)} {Short(x)}</title></circle>");
            }
        }

        s.Append("</svg><ul class=\"legend\">");
        foreach ((string name, _, _, int colour) in curves)
        {
            s.Append(CultureInfo.InvariantCulture, $"<li><span class=\"c{colour}\"></span>{WebUtility.HtmlEncode(name)}</li>");
        }

        return s.Append("</ul></figure>").ToString();
    }

    /// <summary>At most four significant digits.</summary>
    public static string Short(double v)
    {
        if (!double.IsFinite(v))
        {
            return "–";
        }

        string text = v.ToString("G4", CultureInfo.InvariantCulture);
        return text.Contains('E', StringComparison.Ordinal) && Math.Abs(v) is >= 1e4 and < 1e12
            ? Math.Round(v).ToString("#,0", CultureInfo.InvariantCulture)
            : text.Replace("E-0", "e-", StringComparison.Ordinal).Replace("E+0", "e", StringComparison.Ordinal);
    }

    /// <summary>Every so many-th point, first and last kept, when there are too many to draw.</summary>
    public static IReadOnlyList<(double X, double Y)> Thin(IReadOnlyList<(double X, double Y)> points, int most = 1200)
    {
        if (points.Count <= most)
        {
            return points;
        }

        List<(double X, double Y)> thin = [];
        for (int i = 0; i < most - 1; i++)
        {
            thin.Add(points[(int)((long)i * points.Count / (most - 1))]);
        }

        thin.Add(points[^1]);
        return thin;
    }

    private static double Span(double low, double high) => high > low ? high - low : 1;

    /// <summary>About five round numbers that cover the range.</summary>
    private static double[] Ticks(double low, double high)
    {
        double span = Span(low, high);
        double step = 1;
        while (step * 10 <= span)
        {
            step *= 10;
        }

        while (step > span)
        {
            step /= 10;
        }

        double parts = span / step;
        step = parts > 7 ? step * 2 : parts > 3.5 ? step : parts > 1.7 ? step / 2 : step / 5;
        double first = Math.Floor(low / step);
        double last = Math.Max(Math.Ceiling(high / step), first + 1);
        var ticks = new double[(int)(last - first) + 1];
        for (int i = 0; i < ticks.Length; i++)
        {
            double t = (first + i) * step;
            ticks[i] = Math.Abs(t) < step / 1000 ? 0 : t;
        }

        return ticks;
    }
}
