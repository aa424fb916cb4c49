using System.Text.Json.Nodes;

namespace YarnDL.Nn;

/// <summary>
/// Layers by name, for <c>model: layers:</c> lists. Every layer also takes <c>name</c>, <c>frozen</c>, <c>weightPenalty</c>, <c>biasPenalty</c> and <c>outputPenalty</c> (each with l1 and l2); sizes that are left out are those of its input.
/// </summary>
public static class LayerRegistry
{
    /// <summary>The names; add your own by <see cref="Registry{T}.Add(Description, Func{SpecReader, T})"/>.</summary>
    public static Registry<Module> All { get; } = Filled();

    /// <summary>One layer.</summary>
    /// <exception cref="SpecException">The name or an option is unknown, or a value does not fit.</exception>
    public static Module Create(Spec spec) => All.Create(spec);

    /// <summary>A list of layers as a <see cref="Sequential"/>; the message of an error begins with the place in the list.</summary>
    public static Sequential Create(JsonArray layers) => Sequence([.. layers.Select((n, i) => SpecReader.ToSpec(n, $"layers[{i}]"))], null);

    /// <summary>An activation by name.</summary>
    internal static Module Activation(string name) => Create(new Spec(name));

    internal static Sequential Sequence(SpecReader o) =>
        Sequence(o.FindSpecs("layers") ?? throw new SpecException($"[{o.Area}] option layers is missing; give a list", "layers"), o.FindText("name"));

    private static Sequential Sequence(IReadOnlyList<Spec> layers, string? name)
    {
        var made = new Module[layers.Count];
        for (int i = 0; i < made.Length; i++)
        {
            try
            {
                made[i] = Create(layers[i]);
            }
            catch (SpecException e)
            {
                throw new SpecException($"layers[{i}] {e.Message}", e.Key);
            }
        }

        return new Sequential(made) { Name = name };
    }

    /// <summary>An option that holds layers: a list, or a single one.</summary>
    internal static Sequential? FindSequence(SpecReader o, string key) => o.FindSpecs(key) is { } layers ? Sequence(layers, null) : null;

    /// <summary>Option branches: a list of lists of layers, or of single layers.</summary>
    internal static Module[] Branches(SpecReader o) => o.FindNodes("branches") is { Count: > 0 } branches
        ? [.. branches.Select((b, i) => b is JsonArray list ? Create(list) : All.Create(SpecReader.ToSpec(b, $"{o.Area}.branches[{i}]", "branches")))]
        : throw new SpecException($"[{o.Area}] option branches is missing; give a list", "branches");

    internal static Size2 Required2(SpecReader o, string key) => Size2.From(o, key) ?? throw Missing(o, key);

    internal static Size3 Required3(SpecReader o, string key) => Size3.From(o, key) ?? throw Missing(o, key);

    internal static long[] RequiredInts(SpecReader o, string key) => o.FindInts(key) ?? throw Missing(o, key);

    /// <summary>Whether option padding is the word same.</summary>
    internal static bool IsSame(SpecReader o) => o.IsText("padding") && o.Choice("padding", "same", "same") == "same";

    internal static (int From, int To)[] Pairs(SpecReader o)
    {
        long[] from = RequiredInts(o, "from");
        long[] to = RequiredInts(o, "to");
        return from.Length == to.Length && from.Length > 0 ? [.. from.Zip(to, (f, t) => (checked((int)f), checked((int)t)))]
            : throw new SpecException($"[{o.Area}] from has {from.Length} entries, to has {to.Length}; they are pairs of channels", "to");
    }

    private static SpecException Missing(SpecReader o, string key) => new($"[{o.Area}] option {key} is missing; give it", key);

    private static Registry<Module> Filled()
    {
        var r = new Registry<Module>("layer", ModuleOptions.Read);
        ActivationLayers.AddTo(r);
        LinearLayers.AddTo(r);
        ConvolutionLayers.AddTo(r);
        PoolingLayers.AddTo(r);
        NormLayers.AddTo(r);
        ShapeLayers.AddTo(r);
        SequenceLayers.AddTo(r);
        return r;
    }
}
