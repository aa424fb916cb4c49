namespace YarnDL.Graphs.Ops.Families;

/// <summary>The reductions of ScatterElements and ScatterND.</summary>
internal static class ScatterRule
{
    public static ScatterReduction Of(Attributes a) => Find(a) ?? ScatterReduction.None;

    public static ScatterReduction Of(InferContext c) => Find(c.Attributes) ?? throw c.Error($"reduction is {c.Attributes.String("reduction")}", "it is none, add, mul, max or min");

    public static void Join(ScatterReduction rule, ref float value, float update) => value = rule switch
    {
        ScatterReduction.Add => value + update,
        ScatterReduction.Mul => value * update,
        ScatterReduction.Max => Math.Max(value, update),
        ScatterReduction.Min => Math.Min(value, update),
        _ => update,
    };

    private static ScatterReduction? Find(Attributes a) => a.String("reduction") switch
    {
        "none" => ScatterReduction.None,
        "add" => ScatterReduction.Add,
        "mul" => ScatterReduction.Mul,
        "max" => ScatterReduction.Max,
        "min" => ScatterReduction.Min,
        _ => null,
    };
}
