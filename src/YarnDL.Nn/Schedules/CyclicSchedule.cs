namespace YarnDL.Nn;

/// <summary>
/// Triangles between low and high, PyTorch's formula: up in <c>up</c> steps, down in <c>down</c>. The height is halved with each cycle (triangular2), or times gamma^step
/// (range). The base rate is not looked at. Smith, 2015.
/// </summary>
/// <param name="low">The smallest rate.</param>
/// <param name="high">The largest rate.</param>
/// <param name="up">Steps of the rise.</param>
/// <param name="down">Steps of the fall; null: as many.</param>
/// <param name="mode">triangular, triangular2 or range.</param>
/// <param name="gamma">Of mode range.</param>
public sealed class CyclicSchedule(double low, double high, long up = 2000, long? down = null, string mode = "triangular", double gamma = 1) : Schedule
{
    private readonly long _up = AtLeastOne("cyclic", "up", up);
    private readonly long _down = AtLeastOne("cyclic", "down", down ?? up);
    private readonly string _mode = mode is "triangular" or "triangular2" or "range" ? mode
        : throw new SpecException($"[cyclic] mode is {mode}; it must be one of triangular, triangular2, range", "mode");

    public override Spec Spec => new("cyclic", new() { ["low"] = low, ["high"] = high, ["up"] = _up, ["down"] = _down, ["mode"] = _mode, ["gamma"] = gamma });

    public override UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate)
    {
        long cycle = step / (_up + _down);
        long within = step % (_up + _down);
        double height = (high - low) * (within <= _up ? (double)within / _up : (double)(_up + _down - within) / _down);
        double scale = _mode switch
        {
            "triangular2" => 1 / IntegerPower.Of(2, Math.Min(cycle, 1000)),
            "range" => IntegerPower.Of(gamma, step),
            _ => 1,
        };
        return new(step, low + (height * scale));
    }
}
