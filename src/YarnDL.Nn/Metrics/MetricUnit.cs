namespace YarnDL.Nn;

/// <summary>The unit in which an error is told.</summary>
/// <param name="Factor">What a difference of predictions is multiplied by.</param>
/// <param name="OfLabel">True when the factor is the one that undoes the label's scale, not known yet.</param>
public sealed record MetricUnit(double Factor, bool OfLabel)
{
    /// <summary>As the model predicts.</summary>
    public static MetricUnit One { get; } = new(1, false);

    /// <summary>units: label, or a factor; by default one.</summary>
    internal static MetricUnit Read(SpecReader o) =>
        o.Choice("units", "model", "model", "label") == "label" ? new(1, true) : new(o.Number("factor", 1), false);

    /// <summary>The options of a metric in this unit.</summary>
    internal Spec Of(string metric) => OfLabel ? new(metric, new() { ["units"] = "label" }) : Factor != 1 ? new(metric, new() { ["factor"] = Factor }) : new(metric);

    /// <summary>The label's unit, now that it is known; else this one.</summary>
    internal MetricUnit Known(double unit) => OfLabel ? new(unit, false) : this;
}
