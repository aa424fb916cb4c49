using YarnDL.Data.Features;
using YarnDL.Graphs;
using YarnDL.Training.ModelDirectories;

namespace YarnDL.Training.Scoring;

/// <summary>How an output that was taught scaled numbers becomes numbers in the label's own units: output times factor plus origin.</summary>
/// <param name="Output">The output that the loss judges.</param>
/// <param name="Factor">The scale undone.</param>
/// <param name="Origin">The number that was scaled to 0.</param>
internal sealed record LabelUnits(Value Output, double Factor, double Origin)
{
    /// <summary>Null when no label of the model is scaled.</summary>
    public static LabelUnits? Of(ModelDirectory model, FittedFeatures features)
    {
        foreach (LossTerm loss in model.Losses)
        {
            for (int i = 0; i < features.List.All.Length; i++)
            {
                if (features.List.All[i] is LabelValueFeature label && label.Scale != NumericScale.None && label.Name == loss.TargetColumn
                    && model.Model.Graph.Outputs.FirstOrDefault(o => o.Name == loss.Output) is { } output)
                {
                    return new LabelUnits(output, label.Unit(features.StateOf(i)), label.Origin(features.StateOf(i)));
                }
            }
        }

        return null;
    }
}
