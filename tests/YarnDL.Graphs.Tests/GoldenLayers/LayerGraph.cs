using System.Text.Json;
using YarnDL.Testing;

namespace YarnDL.Graphs.Tests.GoldenLayers;

/// <summary>What a recipe sees: the case, its inputs and parameters as values, and the builder.</summary>
internal sealed class LayerGraph(GraphBuilder g, GoldenCase c, IReadOnlyDictionary<string, Value> values)
{
    public GraphBuilder G => g;

    public GoldenCase Case => c;

    /// <summary>All inputs and parameters in the order of the manifest.</summary>
    public Value[] All => [.. values.Values];

    public Value this[string name] => values[name];

    public Value? Find(string name) => values.GetValueOrDefault(name);

    public Value Number(double value) => g.Constant((float)value);

    public float Float(string attribute) => (float)c.Number(attribute);

    public long[] Longs(string attribute) => [.. c.Attr(attribute).EnumerateArray().Select(e => e.GetInt64())];

    /// <summary>Node of the operator with the attributes of the case that it knows.</summary>
    public Value[] Apply(string name, int outputs, params Value?[] inputs)
    {
        Operator op = OperatorTable.Get(name);
        return g.AddNode(op, inputs, Attributes(op), outputs);
    }

    public Value Apply(string name, params Value?[] inputs) => Apply(name, 1, inputs)[0];

    /// <summary>The attributes of the case under the names that the operator has.</summary>
    public Attributes Attributes(Operator op)
    {
        Attributes attributes = Graphs.Attributes.None;
        foreach (string name in c.AttrNames.Where(a => op.AttributeSpecs.Any(s => s.Name == a)))
        {
            JsonElement v = c.Attr(name);
            object? value = op.AttributeSpecs.First(s => s.Name == name).Default switch
            {
                _ when v.ValueKind == JsonValueKind.Null => null,
                float => v.GetSingle(),
                _ when op.Name == "Cast" => v.GetString() switch { "I64" => 7L, "I32" => 6L, "F32" => 1L, var other => throw new NotSupportedException(other) },
                _ when v.ValueKind == JsonValueKind.Array => Longs(name),
                _ when v.ValueKind == JsonValueKind.String => v.GetString()!,
                _ => (long)v.GetDouble(),
            };
            attributes = value is null ? attributes : attributes.With(name, value);
        }

        return attributes;
    }
}
