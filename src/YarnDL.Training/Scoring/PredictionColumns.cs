using YarnDL.Data.Features;
using YarnDL.Graphs;
using YarnDL.Training.ModelDirectories;

namespace YarnDL.Training.Scoring;

/// <summary>What a request asks for, as a graph that computes it and the columns that are made of its outputs.</summary>
internal static class PredictionColumns
{
    private const string Class = "class";
    private const string Probability = "probability";
    private const string Probabilities = "probabilities";
    private const string Prediction = "prediction";

    /// <summary>The features that a graph's inputs are filled from: those that only other outputs need may be missing from the rows.</summary>
    public static FittedFeatures Needed(Graph graph, ModelDirectory model, FittedFeatures features)
    {
        IReadOnlyDictionary<string, string> inputs = model.Inputs;
        return features.Named([.. graph.Inputs.Select(i => inputs[i.Name])]);
    }

    /// <exception cref="TrainingException">A name is no value of the graph, does not run over rows, or needs a classifier.</exception>
    public static (Graph Graph, List<PredictionColumn> Columns) Of(Graph model, Classes? classes, LabelUnits? units, IReadOnlyList<string> asked)
    {
        if (asked.Count == 0)
        {
            asked = classes is not null ? [Class, Probability] : units is not null ? [Prediction] : [.. model.Outputs.Select(o => o.Name)];
        }

        var g = GraphBuilder.From(model);
        Value? softmax = null;
        var outputs = new List<Value>();
        var columns = new List<PredictionColumn>();
        foreach (string name in asked)
        {
            Value? inner = model.Find(name);
            if (name is Class or Probability or Probabilities && (inner is null || classes is not null))
            {
                Value scores = classes?.Output
                    ?? throw new TrainingException(TrainingFault.Job, $"[score] '{name}' needs a classifier (cross entropy on an output of one score per class); ask for values of the graph, such as {string.Join(", ", model.Outputs.Select(o => o.Name))}");
                Value source = name == Class ? scores : softmax ??= g.Add("Softmax", scores, ("axis", 1));
                outputs.Add(source);
                columns.Add(name switch
                {
                    Class => PredictionColumn.Class(source.Name, classes),
                    Probability => PredictionColumn.Largest(Probability, source.Name),
                    _ => PredictionColumn.Value(Probabilities, source.Name, source.DType, isScalar: false),
                });
            }
            else if (name == Prediction && units is not null)
            {
                Value scaled = g.Add("Mul", units.Output, g.Constant((float)units.Factor));
                Value source = g.Add("Add", scaled, g.Constant((float)units.Origin));
                source = source.Shape.Rank == 2 && source.Shape[1].IsFixed && source.Shape[1].Factor == 1 ? g.Add("Squeeze", source, g.Constant([1L])) : source;
                outputs.Add(source);
                columns.Add(PredictionColumn.Value(Prediction, source.Name, source.DType, source.Shape.Rank == 1));
            }
            else
            {
                Value value = inner ?? throw new TrainingException(TrainingFault.Job, $"[score] the model has no value named {name}; its outputs are {string.Join(", ", model.Outputs.Select(o => o.Name))}; name one of these, an inner value, class, probability or probabilities");
                if (value.Shape.Rank == 0 || !value.Shape[0].IsRows || value.Shape[0].Factor != 1)
                {
                    throw new TrainingException(TrainingFault.Job, $"[score] value {name} has shape {value.Shape}; predictions need one entry per row (N, ...)");
                }

                outputs.Add(value);
                columns.Add(PredictionColumn.Value(name, value.Name, value.DType, value.Shape.Rank == 1));
            }
        }

        return (GraphSlice.To(g.Build([.. outputs.Distinct()]), [.. outputs.Distinct()]), columns);
    }
}
