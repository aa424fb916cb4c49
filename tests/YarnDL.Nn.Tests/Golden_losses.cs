using YarnDL.Graphs;
using YarnDL.Graphs.Gradients;
using YarnDL.Graphs.Programs;
using YarnDL.Tensors;
using YarnDL.Testing;

namespace YarnDL.Nn.Tests;

/// <summary>
/// Losses and gradients of mean, sum and none. A loss without reduction is checked position by position: every position becomes a row,
/// and row weights pick it.
/// </summary>
public sealed class Golden_losses
{
    [Fact]
    public void Losses_and_gradients_agree_with_one_and_with_two_segments() => Golden.RunAll("losses", Run);

    private static bool Run(GoldenCase c)
    {
        Loss? loss = c.Op switch
        {
            "MSELoss" => new Mse(),
            "SoftmaxCrossEntropyLoss" => new CrossEntropy(c.Inputs.TryGetValue("weights", out GoldenTensor? w) ? [.. w.Doubles()] : null,
                c.Has("ignore_index") ? c.Int("ignore_index") : null, c.Number("label_smoothing")),
            _ => null,
        };
        if (loss is null)
        {
            return Loss_cases.Run(c);
        }

        loss = Loss.From(Spec.FromJson(loss.Spec.ToJson()));
        string predictionName = c.Inputs.ContainsKey("scores") ? "scores" : "input";
        GoldenTensor targetTensor = c.Inputs.TryGetValue("labels", out GoldenTensor? labels) ? labels : c.Inputs["target"];
        bool classes = predictionName == "scores";
        var prediction = new Rows(c.Inputs[predictionName].Floats(), c.Inputs[predictionName].Shape);
        var target = new Rows(targetTensor.Doubles(), targetTensor.Shape, targetTensor.DType is "F32" or "F64" ? DType.Float32 : DType.Int64);
        if (c.Text("reduction") == "none")
        {
            None(c, loss, prediction.PositionsToRows(classes), target.PositionsToRows(classes && target.Type == DType.Float32), predictionName);
            return true;
        }

        foreach (int cut in (ReadOnlySpan<int>)[0, 1])
        {
            Result r = Evaluate(loss, prediction, target, null, c.Text("reduction") == "mean", c.GradOutput["loss"].Doubles()[0], cut);
            c.Outputs["loss"].AssertClose("loss", [r.Loss], c.Rtol, c.Atol);
            c.GradInputs[predictionName].AssertClose("gradient", r.Gradient, c.Rtol, c.Atol);
            if (c.GradInputs.TryGetValue("target", out GoldenTensor? targetGradient))
            {
                targetGradient.AssertClose("gradient of the target", r.TargetGradient!, c.Rtol, c.Atol);
            }
        }

        return true;
    }

    private static void None(GoldenCase c, Loss loss, Rows prediction, Rows target, string predictionName)
    {
        var weights = new float[prediction.Count];
        var losses = new double[prediction.Count];
        for (int r = 0; r < losses.Length; r++)
        {
            Array.Clear(weights);
            weights[r] = 1;
            losses[r] = Evaluate(loss, prediction, target, weights, false, 1, 0).Loss;
        }

        c.Outputs["loss"].AssertClose("losses", losses, c.Rtol, c.Atol);
        Result all = Evaluate(loss, prediction, target, c.GradOutput["loss"].Floats(), false, 1, 1);
        bool classes = predictionName == "scores";
        c.GradInputs[predictionName].AssertClose("gradient", Rows.RowsToPositions(all.Gradient, c.Inputs[predictionName].Shape, classes), c.Rtol, c.Atol);
    }

    private static unsafe Result Evaluate(Loss loss, Rows prediction, Rows target, float[]? weights, bool mean, double outer, int cut)
    {
        var g = new GraphBuilder("loss");
        Value p = g.Input("prediction", DType.Float32, prediction.Symbolic);
        Value t = g.Input("target", target.Type, target.Symbolic);
        Value? w = weights is null ? null : g.Input("weight", DType.Float32, new SymbolicShape(Dim.N));
        Value seed = g.Input("seed", DType.Float32, SymbolicShape.Scalar);
        Value numerator = loss.Numerator(g, p, t, w);
        Value denominator = loss.Denominator(g, t, w);
        Assert.Equal(0, numerator.Shape.Rank);
        Assert.Equal(0, denominator.Shape.Rank);
        Value?[] gradients = GradientBuilder.Append(g, numerator, seed, target.Type == DType.Float32 ? [p, t] : [p]);
        using var pool = new ComputePool(1);
        Graph graph = g.Build([numerator, denominator, gradients[0]!, .. gradients.Length > 1 && gradients[1] is { } dt ? new[] { dt } : []]);
        using var program = new Program(graph, pool);
        int n = prediction.Count;
        prediction.Fill(program.Input("prediction", n));
        target.Fill(program.Input("target", n));
        weights?.CopyTo(program.Input("weight", n).Span<float>());
        TensorView s = program.Input("seed", n);
        s.F32[0] = 1;
        int* borders = stackalloc int[3];
        borders[1] = cut == 0 ? n : n / 2;
        borders[2] = n;
        var segments = new RowSegments(borders, cut == 0 ? 1 : 2);
        program.Run(null, null, segments);
        double sum = program.Output(0).F32[0];
        double count = program.Output(1).F32[0];
        prediction.Fill(program.Input("prediction", n));
        target.Fill(program.Input("target", n));
        weights?.CopyTo(program.Input("weight", n).Span<float>());
        program.Input("seed", n).F32[0] = (float)(mean ? outer / count : outer);
        program.Run(null, null, segments);
        return new Result(mean ? sum / count : sum, program.Output(2).Span<float>().ToArray(), graph.Outputs.Count > 3 ? program.Output(3).Span<float>().ToArray() : null);
    }

    private sealed record Result(double Loss, float[] Gradient, float[]? TargetGradient);

    /// <summary>A tensor whose first axis is the rows.</summary>
    private sealed class Rows(double[] values, long[] shape, DType type)
    {
        public Rows(float[] values, long[] shape) : this(Array.ConvertAll(values, v => (double)v), shape, DType.Float32)
        {
        }

        public DType Type => type;

        public int Count => (int)shape[0];

        public SymbolicShape Symbolic => new([Dim.N, .. shape.Skip(1).Select(d => new Dim(d))]);

        public void Fill(TensorView view)
        {
            Assert.Equal(values.Length, view.Count);
            for (int i = 0; i < values.Length; i++)
            {
                if (type == DType.Float32)
                {
                    view.Span<float>()[i] = (float)values[i];
                }
                else
                {
                    view.Span<long>()[i] = (long)values[i];
                }
            }
        }

        /// <summary>(N, classes, ...) to (N·..., classes), or (N, ...) to (N·...).</summary>
        public Rows PositionsToRows(bool classes)
        {
            if (!classes)
            {
                return new Rows(values, [values.Length], type);
            }

            long c = shape[1];
            long inner = shape.Skip(2).Aggregate(1L, (a, b) => a * b);
            var moved = new double[values.Length];
            for (long i = 0; i < moved.Length; i++)
            {
                long n = i / (c * inner);
                moved[(((n * inner) + (i % inner)) * c) + (i / inner % c)] = values[i];
            }

            return new Rows(moved, [shape[0] * inner, c], type);
        }

        /// <summary>The inverse for a result.</summary>
        public static float[] RowsToPositions(float[] rows, long[] shape, bool classes)
        {
            if (!classes)
            {
                return rows;
            }

            long c = shape[1];
            long inner = shape.Skip(2).Aggregate(1L, (a, b) => a * b);
            var moved = new float[rows.Length];
            for (long i = 0; i < moved.Length; i++)
            {
                moved[i] = rows[(((i / (c * inner) * inner) + (i % inner)) * c) + (i / inner % c)];
            }

            return moved;
        }
    }
}
