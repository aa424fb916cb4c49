using System.Globalization;
using System.Text.RegularExpressions;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>What the documentation says about a registered name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Text">What it is, its formula and its options with their defaults.</param>
/// <param name="Example">A use in a job file, as YAML on one line.</param>
/// <param name="Input">Inputs that the example runs on, one row each: <c>float (3, 8, 8)</c>, or <c>ids: int 100 (12); mask: bool (12)</c> with names and, for integers, how many there are.</param>
/// <param name="Source">Where the definition is from.</param>
public sealed partial record Description(string Name, string Text, string Example, string Input = "float (4)", string Source = "")
{
    /// <summary><see cref="Input"/> as inputs of a model; without names they are x0, x1, ...</summary>
    /// <exception cref="FormatException"><see cref="Input"/> is not written so.</exception>
    public IReadOnlyList<InputSpec> Inputs()
    {
        var inputs = new List<InputSpec>();
        foreach (string part in Input.Split(';'))
        {
            Match m = Written().Match(part.Trim());
            if (!m.Success)
            {
                throw new FormatException($"[{Name}] input \"{part}\" is not written as name: type count (extents)");
            }

            string name = m.Groups["name"].Success ? m.Groups["name"].Value : "x" + inputs.Count.ToString(CultureInfo.InvariantCulture);
            DType type = m.Groups["type"].Value switch
            {
                "float" => DType.Float32,
                "int" => DType.Int64,
                _ => DType.Bool,
            };
            long[] extents = [.. m.Groups["extents"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(e => long.Parse(e, CultureInfo.InvariantCulture))];
            inputs.Add(new InputSpec(name, type, new Shape(extents), m.Groups["count"].Success ? long.Parse(m.Groups["count"].Value, CultureInfo.InvariantCulture) : null));
        }

        return inputs;
    }

    [GeneratedRegex(@"^(?:(?<name>\w+): )?(?<type>float|int|bool)(?: (?<count>\d+))? \((?<extents>[\d, ]*)\)$")]
    private static partial Regex Written();
}
