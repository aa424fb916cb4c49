using System.Globalization;
using System.Text;
using YarnDL.Tensors;

namespace YarnDL.Training.ModelDirectories;

/// <summary>card.md: what a person wants to know of a model before using it. The same for the same model.</summary>
internal static class ModelCard
{
    public static string Text(ModelContent c)
    {
        var t = new StringBuilder();
        t.Append(CultureInfo.InvariantCulture, $"# Model of run {c.Run.RunId}\n\n");
        if (c.Rejected is not null)
        {
            t.Append(CultureInfo.InvariantCulture, $"**Rejected**: {c.Rejected}\n\n");
        }

        t.Append(CultureInfo.InvariantCulture, $"- {c.Plan.Model.Graph.ParameterCount} parameters in {c.Plan.Model.Graph.Parameters.Count} tensors\n");
        t.Append(CultureInfo.InvariantCulture, $"- trained on {c.Rows.Rows} rows (data hash `{c.Rows.DataHash}`), {c.HeldOut?.Rows ?? 0} held out\n");
        t.Append(CultureInfo.InvariantCulture, $"- {c.Epochs.Count} epochs, {c.Steps} steps of {c.Plan.BatchSize} rows, seed {c.Plan.Seed}, kernel set {KernelSet.Name}\n");
        foreach (PhasePlan p in c.Plan.AllPhases)
        {
            t.Append(CultureInfo.InvariantCulture, $"- {(c.Plan.Phases.Count == 0 ? "" : $"phase {p.Name}: ")}optimizer {p.Optimizer.Spec.Type}, loss {string.Join(" + ", p.Losses.Select(l => l.Loss.Spec.Type))}\n");
        }

        t.Append('\n');
        t.Append("| value | last epoch |\n|---|---|\n");
        if (c.Epochs.Count > 0)
        {
            foreach ((string name, double value) in c.Epochs[^1].Values)
            {
                t.Append(CultureInfo.InvariantCulture, $"| {name} | {value} |\n");
            }
        }

        t.Append("\nInputs (N = rows):\n\n");
        foreach (Graphs.Value v in c.Plan.Model.Graph.Inputs)
        {
            t.Append(CultureInfo.InvariantCulture, $"- `{v.Name}` {v.DType}{v.Shape} from column `{c.Plan.Inputs[v.Name]}`\n");
        }

        t.Append("\nOutputs:\n\n");
        foreach (Graphs.Value v in c.Plan.Model.Graph.Outputs)
        {
            t.Append(CultureInfo.InvariantCulture, $"- `{v.Name}` {v.DType}{v.Shape}\n");
        }

        return t.ToString();
    }
}
