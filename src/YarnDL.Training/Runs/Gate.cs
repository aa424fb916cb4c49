using System.Globalization;
using System.Text.RegularExpressions;

namespace YarnDL.Training.Runs;

/// <summary>A condition on the values of the last epoch: <c>name op number</c>, op one of &gt;=, &gt;, &lt;=, &lt;.</summary>
internal sealed partial class Gate
{
    private readonly string _text;
    private readonly string _name;
    private readonly string _op;
    private readonly double _limit;

    /// <exception cref="TrainingException">It cannot be read, or names a value that the run does not have.</exception>
    public Gate(string text, IReadOnlyCollection<string> names)
    {
        Match m = Form().Match(text);
        if (!m.Success || !double.TryParse(m.Groups["limit"].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out _limit))
        {
            throw new TrainingException(TrainingFault.Job, $"[gate] '{text}' cannot be read; write a value, one of >= > <= <, and a number, such as: accuracy >= 0.97");
        }

        _text = text;
        _op = m.Groups["op"].Value;
        string name = m.Groups["name"].Value;
        _name = names.Contains("val_" + name) ? "val_" + name : names.Contains(name) ? name
            : throw new TrainingException(TrainingFault.Job, $"[gate] there is no value {name}; this run has {string.Join(", ", names.Order(StringComparer.Ordinal))}; name one of these");
    }

    /// <summary>Null when the condition holds, else what was seen.</summary>
    public string? Failure(IReadOnlyDictionary<string, double> values)
    {
        double value = values.GetValueOrDefault(_name, double.NaN);
        bool holds = _op switch { ">=" => value >= _limit, ">" => value > _limit, "<=" => value <= _limit, _ => value < _limit };
        return holds ? null : string.Create(CultureInfo.InvariantCulture, $"{_name} is {value}, the gate asks for {_text}");
    }

    [GeneratedRegex(@"^\s*(?<name>\w+)\s*(?<op>>=|<=|>|<)\s*(?<limit>[-+0-9.eE]+)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
