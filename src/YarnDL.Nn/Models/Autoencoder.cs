using System.Globalization;
using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// Linear layers that grow narrower to a code and wide again: (N, ..) to (N, elements of a row). <c>encoder.1</c>, ..., <c>decoder.1</c>, ...; the code is
/// the output of the last encoder layer. Hinton and Salakhutdinov 2006.
/// </summary>
/// <param name="hidden">Widths of the encoder, the code last; the decoder has them backwards.</param>
/// <param name="activation">Name of an activation layer, behind all but the last layer.</param>
/// <param name="output">Name of an activation layer behind the last layer; null: none.</param>
public sealed class Autoencoder(IReadOnlyList<long>? hidden = null, string activation = "relu", string? output = null) : Module
{
    private readonly long[] widths = [.. hidden ?? [32]];
    private readonly Module act = LayerRegistry.Activation(activation);
    private readonly Module flatten = new Flatten();

    public override Value Forward(ModuleScope scope, Value x)
    {
        long elements = x.Shape.At(1).ElementCount;
        x = x.Shape.Rank > 2 ? scope.Call(flatten, x) : x;
        for (int i = 0; i < widths.Length; i++)
        {
            x = scope.Call(act, scope.Call("encoder." + Number(i), new Linear(null, widths[i]), x));
        }

        for (int i = 0; i < widths.Length; i++)
        {
            bool last = i + 1 == widths.Length;
            x = scope.Call("decoder." + Number(i), new Linear(null, last ? elements : widths[^(i + 2)]), x);
            x = last ? x : scope.Call(act, x);
        }

        return output is null ? x : scope.Call("out", LayerRegistry.Activation(output), x);
    }

    private static string Number(int i) => (i + 1).ToString(CultureInfo.InvariantCulture);
}
