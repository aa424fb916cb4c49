namespace YarnDL.Jobs;

/// <summary>A loss, or a list of losses, each alone or as a map with output, target, weight and rowWeight.</summary>
internal sealed class LossShape : JobShape
{
    private static readonly SpecShape One = new(JobSpecs.Losses);

    private static readonly MapShape Full = new(null,
        new("loss", One, "what is minimised", Required: true),
        new("output", new TextShape(), "the model's output that is judged; several with commas between"),
        new("target", new TextShape(), "the label or feature it is judged against; several with commas between"),
        new("weight", new NumberShape(double.NegativeInfinity, double.PositiveInfinity), "of this loss in the sum", "1"),
        new("rowWeight", new TextShape(), "the feature that says how much a row counts"));

    public override string Describe() => "a loss, below, or a list of losses, alone or as maps with loss, output, target, weight, rowWeight";

    public override JobNode Check(JobNode node, string path, JobProblems problems) => node switch
    {
        JobList list when list.Items.Count > 0 => list with { Items = [.. list.Items.Select((n, i) => Item(n, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{path}[{i}]"), problems))] },
        JobMap map when map.Entries.Any(e => e.Key == "loss") => new JobList(node.Place, [Item(node, path, problems)]),
        _ => One.Check(node, path, problems),
    };

    private static JobNode Item(JobNode node, string path, JobProblems problems) =>
        Full.Check(node is JobMap map && map.Entries.Any(e => e.Key == "loss") ? node : new JobMap(node.Place, [new JobEntry("loss", node.Place, node)]), path, problems);
}
