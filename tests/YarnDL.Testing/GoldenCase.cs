using System.Text.Json;

namespace YarnDL.Testing;

/// <summary>One reference case: operator, attributes, tensors by role, tolerance.</summary>
public sealed class GoldenCase
{
    private readonly IReadOnlyDictionary<string, GoldenTensor> _tensors;

    internal GoldenCase(JsonElement json, IReadOnlyDictionary<string, GoldenTensor> tensors)
    {
        Json = json;
        _tensors = tensors;
        Name = json.GetProperty("name").GetString()!;
        Op = json.GetProperty("op").GetString()!;
    }

    /// <summary>The case as written, for the keys that only one group has.</summary>
    public JsonElement Json { get; }

    public string Name { get; }

    public string Op { get; }

    public double Rtol => Json.GetProperty("rtol").GetDouble();

    public double Atol => Json.GetProperty("atol").GetDouble();

    public IReadOnlyDictionary<string, GoldenTensor> Inputs => Role("inputs");

    public IReadOnlyDictionary<string, GoldenTensor> Params => Role("params");

    public IReadOnlyDictionary<string, GoldenTensor> Outputs => Role("outputs");

    public IReadOnlyDictionary<string, GoldenTensor> GradOutput => Role("grad_output");

    public IReadOnlyDictionary<string, GoldenTensor> GradInputs => Role("grad_inputs");

    public IReadOnlyDictionary<string, GoldenTensor> GradParams => Role("grad_params");

    /// <summary>The tensors of any role, by their name in the manifest; empty when the case lacks the role.</summary>
    public IReadOnlyDictionary<string, GoldenTensor> Role(string role)
    {
        var result = new Dictionary<string, GoldenTensor>(StringComparer.Ordinal);
        if (Json.TryGetProperty(role, out JsonElement map))
        {
            foreach (JsonProperty p in map.EnumerateObject())
            {
                result.Add(p.Name, _tensors[p.Value.GetString()!]);
            }
        }

        return result;
    }

    public bool Has(string attribute) => Json.GetProperty("attrs").TryGetProperty(attribute, out _);

    public JsonElement Attr(string attribute) => Json.GetProperty("attrs").GetProperty(attribute);

    public IEnumerable<string> AttrNames => Json.GetProperty("attrs").EnumerateObject().Select(p => p.Name);

    public double Number(string attribute, double otherwise = 0) => Has(attribute) ? Attr(attribute).GetDouble() : otherwise;

    public long Int(string attribute, long otherwise = 0) => Has(attribute) ? Attr(attribute).GetInt64() : otherwise;

    public string Text(string attribute, string otherwise = "") => Has(attribute) ? Attr(attribute).GetString()! : otherwise;

    public override string ToString() => $"{Op} {Name}";
}
