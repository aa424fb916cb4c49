namespace YarnDL.Graphs.Tests.Reference;

using Rule = Func<Node, Array64?[], long[][], Array64[]>;

/// <summary>Functions of single elements and activations.</summary>
internal static class Functions
{
    public static IReadOnlyDictionary<string, Rule> All { get; } = new Dictionary<string, Rule>
    {
        ["Erf"] = Operators.Map(Erf),
        ["Sin"] = Operators.Map(Math.Sin),
        ["Cos"] = Operators.Map(Math.Cos),
        ["Atan"] = Operators.Map(Math.Atan),
        ["Sinh"] = Operators.Map(Math.Sinh),
        ["Cosh"] = Operators.Map(Math.Cosh),
        ["Floor"] = Operators.Map(Math.Floor),
        ["Ceil"] = Operators.Map(Math.Ceiling),
        ["Round"] = Operators.Map(x => Math.Round(x, MidpointRounding.ToEven)),
        ["Log1p"] = Operators.Map(x => Math.Log(1 + x)),
        ["Expm1"] = Operators.Map(x => Math.Exp(x) - 1),
        ["Rsqrt"] = Operators.Map(x => 1 / Math.Sqrt(x)),
        ["Square"] = Operators.Map(x => x * x),
        ["Softplus"] = Operators.Map(x => Math.Log(1 + Math.Exp(x))),
        ["Softsign"] = Operators.Map(x => x / (1 + Math.Abs(x))),
        ["Mish"] = Operators.Map(x => x * Math.Tanh(Math.Log(1 + Math.Exp(x)))),
        ["TanhShrink"] = Operators.Map(x => x - Math.Tanh(x)),
        ["LogSigmoid"] = Operators.Map(x => -Math.Log(1 + Math.Exp(-x))),
        ["HardSwish"] = Operators.Map(x => x * Math.Clamp((x + 3) / 6, 0, 1)),
        ["LeakyRelu"] = Map((x, a) => x > 0 ? x : a("alpha") * x),
        ["Elu"] = Map((x, a) => x > 0 ? x : a("alpha") * (Math.Exp(x) - 1)),
        ["Selu"] = Map((x, a) => a("gamma") * (x > 0 ? x : a("alpha") * (Math.Exp(x) - 1))),
        ["Celu"] = Map((x, a) => Math.Max(x, 0) + Math.Min(0, a("alpha") * (Math.Exp(x / a("alpha")) - 1))),
        ["Swish"] = Map((x, a) => x / (1 + Math.Exp(-a("alpha") * x))),
        ["Shrink"] = Map((x, a) => x < -a("lambd") ? x + a("bias") : x > a("lambd") ? x - a("bias") : 0),
        ["ThresholdedRelu"] = Map((x, a) => x > a("alpha") ? x : 0),
        ["Threshold"] = Map((x, a) => x > a("threshold") ? x : a("value")),
        ["HardTanh"] = Map((x, a) => Math.Clamp(x, a("min"), a("max"))),
        ["HardSigmoid"] = Map((x, a) => Math.Clamp((a("alpha") * x) + a("beta"), 0, 1)),
        ["Gelu"] = (n, x, s) => Operators.Map(n.Attributes.String("approximate") == "tanh"
            ? v => v / 2 * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (v + (0.044715f * v * v * v)))) : v => v / 2 * (1 + Erf(v / Math.Sqrt(2))))(n, x, s),
        ["PRelu"] = Operators.Zip((x, slope) => x > 0 ? x : slope * x),
        ["Clip"] = (n, x, s) => [Operators.Fill(s[0], i => Math.Min(Math.Max(x[0]![i], x[1]?.Data[0] ?? double.NegativeInfinity), x.ElementAtOrDefault(2)?.Data[0] ?? double.PositiveInfinity))],
        ["Sum"] = (n, x, s) => [Operators.Fill(Operators.Broadcast(x), i => x.Sum(v => v!.Broadcast(i)))],
        ["Mean"] = (n, x, s) => [Operators.Fill(Operators.Broadcast(x), i => x.Average(v => v!.Broadcast(i)))],
        ["GLU"] = (n, x, s) =>
        {
            int axis = Lines.Axis(n, s[0].Length);
            return [Operators.Fill(s[0], i =>
            {
                long[] second = [.. i];
                second[axis] += s[0][axis];
                return x[0]![i] / (1 + Math.Exp(-x[0]![second]));
            })];
        },
        ["Hardmax"] = (n, x, s) => Lines.Along(x[0]!, Lines.Axis(n, x[0]!.Rank), v => [.. v.Select((_, i) => i == Lines.PlaceOf(v, Lines.Max(v)) ? 1.0 : 0)]),
    };

    /// <summary>The error function by its series, or the continued fraction of its complement far out.</summary>
    public static double Erf(double x)
    {
        if (Math.Abs(x) > 3)
        {
            double fraction = 0;
            for (int k = 60; k > 0; k--)
            {
                fraction = k / 2.0 / (Math.Abs(x) + fraction);
            }

            return Math.Sign(x) * (1 - (Math.Exp(-x * x) / Math.Sqrt(Math.PI) / (Math.Abs(x) + fraction)));
        }

        double term = x;
        double sum = x;
        for (int k = 1; k < 100; k++)
        {
            term *= -x * x / k;
            sum += term / ((2 * k) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }

    private static Rule Map(Func<double, Func<string, double>, double> f) =>
        (n, x, s) => Operators.Map(v => f(v, name => n.Attributes.Float(name)))(n, x, s);
}
