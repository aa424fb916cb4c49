namespace YarnDL.Jobs;

/// <summary>A metric, alone or as a map with output, target and name.</summary>
internal sealed class MetricShape : JobShape
{
    private static readonly SpecShape One = new(JobSpecs.Metrics);

    private static readonly MapShape Full = new(null,
        new("metric", One, "what is measured", Required: true),
        new("output", new TextShape(), "the model's output that is judged"),
        new("target", new TextShape(), "the label or feature it is judged against"),
        new("name", new TextShape(), "as it is shown"));

    public override string Describe() => "a metric, below, alone or as a map with metric, output, target, name";

    public override JobNode Check(JobNode node, string path, JobProblems problems) =>
        node is JobMap map && map.Entries.Any(e => e.Key == "metric") ? Full.Check(node, path, problems) : One.Check(node, path, problems);
}
