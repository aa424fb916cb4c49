using System.Globalization;
using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// LSTM layers over a window of a series, then one linear layer on the last state: (N, steps, features), or (N, steps) for one feature, to (N, outputs).
/// </summary>
/// <param name="outputs">Values ahead.</param>
/// <param name="hidden">Width of each LSTM layer, first to last.</param>
/// <param name="dropout">After each layer.</param>
public sealed class LstmForecaster(long outputs = 1, IReadOnlyList<long>? hidden = null, double dropout = 0) : Module
{
    private readonly LSTM[] lstms = [.. (hidden ?? [64]).Select((h, i) => new LSTM(h, sequences: i + 1 < (hidden ?? [64]).Count))];
    private readonly Module drop = Drop.Of(dropout);
    private readonly Module fc = new Linear(null, outputs);

    public override Value Forward(ModuleScope scope, Value x)
    {
        x = x.Shape.Rank == 2 ? scope.G.Add("Unsqueeze", x, scope.G.Constant([2L])) : x;
        for (int i = 0; i < lstms.Length; i++)
        {
            string number = (i + 1).ToString(CultureInfo.InvariantCulture);
            x = scope.Call("drop" + number, drop, scope.Call("lstm" + number, lstms[i], x));
        }

        return scope.Call(fc, x);
    }
}
