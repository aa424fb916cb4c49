namespace YarnDL.Nn;

/// <summary>Options that every layer and network takes.</summary>
internal static class ModuleOptions
{
    public static void Read(Module made, SpecReader o)
    {
        made.Name = o.FindText("name") ?? made.Name;
        made.Frozen = o.Flag("frozen") || made.Frozen;
        made.WeightPenalty = Penalty(o, "weightPenalty") ?? made.WeightPenalty;
        made.BiasPenalty = Penalty(o, "biasPenalty") ?? made.BiasPenalty;
        made.OutputPenalty = Penalty(o, "outputPenalty") ?? made.OutputPenalty;
    }

    private static Penalty? Penalty(SpecReader o, string key)
    {
        if (o.FindObject(key) is not { } options)
        {
            return null;
        }

        var inner = new SpecReader($"{o.Area}.{key}", options);
        var penalty = new Penalty(inner.Number("l1", 0), inner.Number("l2", 0));
        inner.Done();
        return penalty is { L1: >= 0, L2: >= 0 } ? penalty : throw new SpecException($"[{o.Area}] {key} is negative; l1 and l2 are at least 0", key);
    }
}
