namespace YarnDL.Graphs.Tests.Reference;

/// <summary>Recurrent layers step by step, and the chain rule through each step.</summary>
internal static class Recurrences
{
    public static Array64[] Forward(Node n, Array64?[] x, long[][] s)
    {
        var all = new Array64[] { Array64.Zeros(x[0]!.Shape[0], x[1]!.Shape[0], x[0]!.Shape[1], x[2]!.Shape[2]), First(x, 5), First(x, 6) };
        for (int d = 0; d < x[1]!.Shape[0]; d++)
        {
            for (int row = 0; row < x[0]!.Shape[1]; row++)
            {
                foreach (Step step in Steps(n, x, d, row))
                {
                    for (int k = 0; k < step.H.Length; k++)
                    {
                        all[0][step.Time, d, row, k] = step.H[k];
                        all[1][d, row, k] = step.H[k];
                        all[2][d, row, k] = step.C[k];
                    }
                }
            }
        }

        return [.. all.Take(s.Length)];
    }

    /// <summary>The outputs of the gradient operators: gates by input and by state, states before, first states, and what each cell adds.</summary>
    public static Array64[] Backward(Node n, Array64?[] x, long[][] s)
    {
        Array64[] y = [.. s.Select(shape => Array64.Zeros(shape))];
        string cell = n.Operator.Name[..^4];
        bool linear = cell == "GRU" && n.Attributes.Int("linear_before_reset") != 0;
        int hidden = (int)x[2]!.Shape[2];
        int steps = (int)x[0]!.Shape[0];
        for (int d = 0; d < x[1]!.Shape[0]; d++)
        {
            for (int row = 0; row < x[0]!.Shape[1]; row++)
            {
                List<Step> forward = Steps(n, x, d, row);
                double[] dh = [.. Enumerable.Range(0, hidden).Select(k => x[10]?[d, row, k] ?? 0)];
                double[] dc = [.. Enumerable.Range(0, hidden).Select(k => x.Length > 11 ? x[11]?[d, row, k] ?? 0 : 0)];
                for (int t = 0; t < steps; t++)
                {
                    // A step that does not take place still shows the states it would have begun with.
                    Idle(y, x, cell, linear, d, row, t, forward, n);
                }

                foreach (Step step in Enumerable.Reverse(forward))
                {
                    double[] up = [.. dh.Select((v, k) => v + (x[9]?[step.Time, d, row, k] ?? 0))];
                    double[] byInput;
                    double[] byState;
                    (byInput, byState, dh, dc) = cell switch
                    {
                        "RNN" => Rnn(n, x, d, step, up),
                        "LSTM" => Lstm(n, x, d, step, up, dc),
                        _ => Gru(n, x, d, step, up, linear),
                    };
                    for (int k = 0; k < byInput.Length; k++)
                    {
                        y[0][d, step.Time, row, k] = byInput[k];
                        if (linear)
                        {
                            y[1][d, step.Time, row, k] = byState[k];
                        }
                    }
                }

                for (int k = 0; k < hidden; k++)
                {
                    y[3][d, row, k] = dh[k];
                    if (cell == "LSTM")
                    {
                        y[4][d, row, k] = dc[k];
                    }
                }
            }
        }

        return y;
    }

    private static void Idle(Array64[] y, Array64?[] x, string cell, bool linear, int d, int row, int t, List<Step> forward, Node n)
    {
        Step? own = forward.Find(f => f.Time == t);
        for (int k = 0; k < x[2]!.Shape[2]; k++)
        {
            y[2][d, t, row, k] = own?.Before[k] ?? x[5]?[d, row, k] ?? 0;
            if (own is not null && cell == "GRU" && !linear)
            {
                y[4][d, t, row, k] = own.Gates[1][k] * own.Before[k];
            }

            if (cell == "LSTM")
            {
                y[5][d, t, row, k] = own?.CellBefore[k] ?? 0;
                y[6][d, t, row, k] = own?.C[k] ?? 0;
            }
        }
    }

    private static (double[] ByInput, double[] ByState, double[] Dh, double[] Dc) Rnn(Node n, Array64?[] x, int d, Step step, double[] up)
    {
        double[] gates = [.. up.Select((v, k) => v * Slope(Name(n, d, 0), step.H[k]))];
        return (gates, gates, Through(x[2]!, d, gates, 0, gates.Length), []);
    }

    private static (double[] ByInput, double[] ByState, double[] Dh, double[] Dc) Lstm(Node n, Array64?[] x, int d, Step step, double[] up, double[] dc)
    {
        int hidden = up.Length;
        var gates = new double[4 * hidden];
        var back = new double[hidden];
        (double[] i, double[] o, double[] f, double[] g) = (step.Gates[0], step.Gates[1], step.Gates[2], step.Gates[3]);
        for (int k = 0; k < hidden; k++)
        {
            double squashed = Apply(Name(n, d, 2), step.C[k]);
            gates[hidden + k] = up[k] * squashed * Slope(Name(n, d, 0), o[k]);
            double cell = dc[k] + (up[k] * o[k] * Slope(Name(n, d, 2), squashed)) + (Peephole(x, d, hidden + k) * gates[hidden + k]);
            gates[k] = cell * g[k] * Slope(Name(n, d, 0), i[k]);
            gates[(2 * hidden) + k] = cell * step.CellBefore[k] * Slope(Name(n, d, 0), f[k]);
            gates[(3 * hidden) + k] = cell * i[k] * Slope(Name(n, d, 1), g[k]);
            back[k] = (cell * f[k]) + (Peephole(x, d, k) * gates[k]) + (Peephole(x, d, (2 * hidden) + k) * gates[(2 * hidden) + k]);
        }

        return (gates, gates, Through(x[2]!, d, gates, 0, 4 * hidden), back);
    }

    private static (double[] ByInput, double[] ByState, double[] Dh, double[] Dc) Gru(Node n, Array64?[] x, int d, Step step, double[] up, bool linear)
    {
        int hidden = up.Length;
        var gates = new double[3 * hidden];
        (double[] z, double[] r, double[] a) = (step.Gates[0], step.Gates[1], step.Gates[2]);
        for (int k = 0; k < hidden; k++)
        {
            gates[k] = up[k] * (step.Before[k] - a[k]) * Slope(Name(n, d, 0), z[k]);
            gates[(2 * hidden) + k] = up[k] * (1 - z[k]) * Slope(Name(n, d, 1), a[k]);
        }

        double[] reset = Through(x[2]!, d, gates, 2 * hidden, 3 * hidden);
        double[] byState = [.. gates];
        for (int k = 0; k < hidden; k++)
        {
            double onReset = linear ? gates[(2 * hidden) + k] * step.Linear[k] : reset[k] * step.Before[k];
            byState[hidden + k] = gates[hidden + k] = onReset * Slope(Name(n, d, 0), r[k]);
            byState[(2 * hidden) + k] = gates[(2 * hidden) + k] * (linear ? r[k] : 1);
        }

        double[] through = Through(x[2]!, d, byState, 0, (linear ? 3 : 2) * hidden);
        return (gates, byState, [.. through.Select((v, k) => v + (up[k] * z[k]) + (linear ? 0 : reset[k] * r[k]))], []);
    }

    /// <summary>Gradients of gates from .. to-1 times the weights of the state.</summary>
    private static double[] Through(Array64 weights, int d, double[] gates, int from, int to) =>
        [.. Enumerable.Range(0, (int)weights.Shape[2]).Select(k => Enumerable.Range(from, to - from).Sum(j => gates[j] * weights[d, j, k]))];

    private static List<Step> Steps(Node n, Array64?[] x, int d, int row)
    {
        string cell = n.Operator.Name.EndsWith("Grad", StringComparison.Ordinal) ? n.Operator.Name[..^4] : n.Operator.Name;
        bool linear = cell == "GRU" && n.Attributes.Int("linear_before_reset") != 0;
        int hidden = (int)x[2]!.Shape[2];
        int length = x.Length > 4 && x[4] is { } lengths ? (int)lengths[row] : (int)x[0]!.Shape[0];
        bool reverse = d == 1 || n.Attributes.String("direction") == "reverse";
        double[] h = [.. Enumerable.Range(0, hidden).Select(k => x.Length > 5 ? x[5]?[d, row, k] ?? 0 : 0)];
        double[] c = [.. Enumerable.Range(0, hidden).Select(k => x.Length > 6 && cell == "LSTM" ? x[6]?[d, row, k] ?? 0 : 0)];
        var steps = new List<Step>();
        for (int s = 0; s < length; s++)
        {
            int t = reverse ? length - 1 - s : s;
            double[] before = h;
            double Input(int j) => Enumerable.Range(0, (int)x[0]!.Shape[2]).Sum(k => x[0]![t, row, k] * x[1]![d, j, k]) + Bias(x, d, j);
            double State(int j, double[] state) => state.Select((v, k) => v * x[2]![d, j, k]).Sum() + Bias(x, d, (int)x[2]!.Shape[1] + j);
            double[] Gate(int gate, int f, Func<int, double> more) =>
                [.. Enumerable.Range(0, hidden).Select(k => Apply(Name(n, d, f), Input((gate * hidden) + k) + more((gate * hidden) + k)))];
            double[][] gates;
            double[] linearPart = [];
            double[] cellBefore = c;
            if (cell == "RNN")
            {
                gates = [Gate(0, 0, j => State(j, before))];
                h = gates[0];
            }
            else if (cell == "GRU")
            {
                double[] z = Gate(0, 0, j => State(j, before));
                double[] r = Gate(1, 0, j => State(j, before));
                linearPart = [.. Enumerable.Range(0, hidden).Select(k => State((2 * hidden) + k, before))];
                double[] reset = [.. before.Select((v, k) => v * r[k])];
                double[] a = Gate(2, 1, j => linear ? r[j % hidden] * linearPart[j % hidden] : State(j, reset));
                gates = [z, r, a];
                h = [.. z.Select((v, k) => ((1 - v) * a[k]) + (v * before[k]))];
            }
            else
            {
                double[] old = c;
                double[] i = Gate(0, 0, j => State(j, before) + (Peephole(x, d, j % hidden) * old[j % hidden]));
                double[] f = Gate(2, 0, j => State(j, before) + (Peephole(x, d, (2 * hidden) + (j % hidden)) * old[j % hidden]));
                double[] g = Gate(3, 1, j => State(j, before));
                c = [.. f.Select((v, k) => (v * old[k]) + (i[k] * g[k]))];
                double[] cellNow = c;
                double[] o = Gate(1, 0, j => State(j, before) + (Peephole(x, d, j) * cellNow[j % hidden]));
                gates = [i, o, f, g];
                h = [.. o.Select((v, k) => v * Apply(Name(n, d, 2), cellNow[k]))];
            }

            steps.Add(new Step(t, before, h, cellBefore, c, gates, linearPart));
            if (x.Length > 8 && x[8] is { } y)
            {
                h = [.. Enumerable.Range(0, hidden).Select(k => y[t, d, row, k])]; // the gradient is given the results
            }
        }

        return steps;
    }

    private static Array64 First(Array64?[] x, int input) => x.Length > input && x[input] is { } first ? new(first.Shape, [.. first.Data])
        : Array64.Zeros(x[1]!.Shape[0], x[0]!.Shape[1], x[2]!.Shape[2]);

    private static double Bias(Array64?[] x, int d, int j) => x.Length > 3 ? x[3]?[d, j] ?? 0 : 0;

    private static double Peephole(Array64?[] x, int d, int j) => x.Length > 7 ? x[7]?[d, j] ?? 0 : 0;

    private static string Name(Node n, int d, int f)
    {
        bool two = n.Operator.Name.StartsWith("RNN", StringComparison.Ordinal);
        string[] defaults = two ? ["Tanh"] : ["Sigmoid", "Tanh", "Tanh"];
        int per = two ? 1 : n.Operator.Name.StartsWith("GRU", StringComparison.Ordinal) ? 2 : 3;
        return n.Attributes.Find<string[]>("activations") is { } given ? given[(d * per) + f] : defaults[f];
    }

    private static double Apply(string f, double v) => f switch
    {
        "Sigmoid" => 1 / (1 + Math.Exp(-v)),
        "Tanh" => Math.Tanh(v),
        "Relu" => Math.Max(v, 0),
        _ => Math.Clamp((0.2 * v) + 0.5, 0, 1),
    };

    private static double Slope(string f, double y) => f switch
    {
        "Sigmoid" => y * (1 - y),
        "Tanh" => 1 - (y * y),
        "Relu" => y > 0 ? 1 : 0,
        _ => y is > 0 and < 1 ? 0.2 : 0,
    };

    private sealed record Step(int Time, double[] Before, double[] H, double[] CellBefore, double[] C, double[][] Gates, double[] Linear);
}
