using System.Text.Json.Nodes;

namespace YarnDL.Nn;

/// <summary>Fires when any of its triggers fires.</summary>
public sealed class AnyOf(IReadOnlyList<Trigger> triggers) : Trigger
{
    private readonly IReadOnlyList<Trigger> _triggers = triggers.Count > 0 ? triggers : throw new SpecException("[or] there are no triggers; give one or more", "triggers");

    public override Spec Spec => new("or", new() { ["triggers"] = new JsonArray([.. _triggers.Select(t => t.Spec.ToJson())]) });

    public override bool UsesClock => _triggers.Any(t => t.UsesClock);

    public override bool Fires(in TriggerMoment moment)
    {
        bool fires = false;
        foreach (Trigger t in _triggers)
        {
            fires |= t.Fires(moment);
        }

        return fires;
    }
}
