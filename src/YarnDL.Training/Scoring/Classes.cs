using YarnDL.Data.Features;
using YarnDL.Graphs;
using YarnDL.Training.ModelDirectories;

namespace YarnDL.Training.Scoring;

/// <summary>What makes a model a classifier: an output of one score per class, judged by cross entropy against class labels.</summary>
/// <param name="Output">The output with the scores.</param>
/// <param name="Target">The column with the labels.</param>
/// <param name="Count">Number of classes.</param>
/// <param name="Names">Their names; numbers where the labels are integers.</param>
/// <param name="AreNames">False when the labels are integers.</param>
internal sealed record Classes(Value Output, string Target, int Count, IReadOnlyList<string> Names, bool AreNames)
{
    /// <summary>Null when the model is no classifier.</summary>
    public static Classes? Of(ModelDirectory model, FittedFeatures features)
    {
        LossTerm? loss = model.Losses.FirstOrDefault(l => l.Loss.Spec.Type == "crossEntropy" && l.TargetValue is null);
        Value? output = loss is null ? null : model.Model.Graph.Outputs.FirstOrDefault(o => o.Name == loss.Output);
        if (output is null || output.Shape.Rank != 2 || !output.Shape[1].IsFixed)
        {
            return null;
        }

        int count = checked((int)output.Shape[1].Factor);
        IReadOnlyList<string>? names = null;
        for (int i = 0; i < features.List.All.Length; i++)
        {
            if (features.List.All[i] is LabelIndexFeature label && label.Name == loss!.TargetColumn)
            {
                names = label.NamesOf(features.StateOf(i));
            }
        }

        string[] all = [.. Enumerable.Range(0, count).Select(k => names is not null && k < names.Count ? names[k] : k.ToString(System.Globalization.CultureInfo.InvariantCulture))];
        return new Classes(output, loss!.TargetColumn, count, all, names is not null);
    }
}
