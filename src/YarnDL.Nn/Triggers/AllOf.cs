using System.Text.Json.Nodes;

namespace YarnDL.Nn;

/// <summary>Fires when all of its triggers fire.</summary>
public sealed class AllOf(IReadOnlyList<Trigger> triggers) : Trigger
{
    private readonly IReadOnlyList<Trigger> _triggers = triggers.Count > 0 ? triggers : throw new SpecException("[and] there are no triggers; give one or more", "triggers");

    public override Spec Spec => new("and", new() { ["triggers"] = new JsonArray([.. _triggers.Select(t => t.Spec.ToJson())]) });

    public override bool UsesClock => _triggers.Any(t => t.UsesClock);

    public override bool Fires(in TriggerMoment moment)
    {
        bool fires = true;
        foreach (Trigger t in _triggers)
        {
            fires &= t.Fires(moment);
        }

        return fires;
    }
}
