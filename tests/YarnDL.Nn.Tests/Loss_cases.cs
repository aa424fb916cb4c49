using YarnDL.Graphs;
using YarnDL.Graphs.Gradients;
using YarnDL.Graphs.Programs;
using YarnDL.Tensors;
using YarnDL.Testing;

namespace YarnDL.Nn.Tests;

/// <summary>Losses of terms: terms themselves for none, numerator and denominator for sum and mean; all rows in one segment and cut in two.</summary>
internal static class Loss_cases
{
    public static bool Run(GoldenCase c)
    {
        switch (c.Op)
        {
            case "Regularizer":
                Penalise(c, c.Params["W"], new Penalty(c.Number("l1"), c.Number("l2")), c.Outputs["loss"], c.GradParams["W"], c.GradOutput["loss"], null);
                return true;
            case "L1Penalty":
                Penalise(c, c.Inputs["X"], new Penalty(c.Number("l1weight")), c.Outputs["penalty"], c.GradInputs["X"], c.GradOutput["penalty"], c.GradOutput["Y"]);
                return true;
            case "ParallelCriterion":
                return Sum(c, [(new Mse(), 0.5, "input0", "target0"), (new CrossEntropy(), 2, "input1", "target1")]);
            case "MultiCriterion":
                return Sum(c, [(new Mse(), 1, "input", "target"), (new MeanAbsoluteLoss(), 0.5, "input", "target")]);
            case "TimeDistributedCriterion":
                return Sum(c, [(new TimeDistributedLoss(new CrossEntropy(), c.Int("size_average") != 0), 1, "input", "target")]);
            case "TimeDistributedMaskCriterion":
                return Sum(c, [(new TimeDistributedLoss(new CrossEntropy(ignoreIndex: c.Int("padding_value"))), 1, "input", "target")]);
        }

        if (Create(c) is not { } created)
        {
            return false;
        }

        var loss = (TermLoss)Loss.From(Spec.FromJson(created.Loss.Spec.ToJson()));
        GoldenTensor[] predictions = [.. created.Predictions.Select(n => Input(c, n))];
        GoldenTensor[] targets = created.Targets.Length == 0 ? [new GoldenTensor("rows", "F32", [predictions[0].Shape[0]], new byte[4 * predictions[0].Shape[0]])] : [.. created.Targets.Select(n => Input(c, n))];
        if (c.Op == "ClassSimplexCriterion")
        {
            c.Inputs["simplex"].AssertClose("simplex", ClassSimplex.Simplex(c.Int("n_classes")), 1e-6, 1e-7);
        }

        foreach (int segments in (ReadOnlySpan<int>)[1, 2])
        {
            using var evaluated = new Evaluated(g => [(loss, 1, Enumerable.Range(0, predictions.Length).ToArray(), Enumerable.Range(0, targets.Length).ToArray())], predictions, targets, c, segments);
            c.Outputs["loss"].AssertClose("loss", evaluated.Loss, c.Rtol, c.Atol);
            for (int i = 0; i < predictions.Length; i++)
            {
                if (c.GradInputs.TryGetValue(created.Predictions[i], out GoldenTensor? gradient))
                {
                    Arranged(c, created.Predictions[i], gradient).AssertClose("gradient of " + created.Predictions[i], evaluated.Gradient(i), c.Rtol, c.Atol);
                }
            }
        }

        return true;
    }

    private static bool Sum(GoldenCase c, (Loss Loss, double Weight, string Prediction, string Target)[] parts)
    {
        string[] names = [.. parts.Select(p => p.Prediction).Distinct()];
        string[] targets = [.. parts.Select(p => p.Target).Distinct()];
        foreach (int segments in (ReadOnlySpan<int>)[1, 2])
        {
            using var evaluated = new Evaluated(_ => [.. parts.Select(p => (Loss.From(Spec.FromJson(p.Loss.Spec.ToJson())), p.Weight, new[] { Array.IndexOf(names, p.Prediction) }, new[] { Array.IndexOf(targets, p.Target) }))],
                [.. names.Select(n => c.Inputs[n])], [.. targets.Select(n => c.Inputs[n])], c, segments);
            c.Outputs["loss"].AssertClose("loss", evaluated.Loss, c.Rtol, c.Atol);
            for (int i = 0; i < names.Length; i++)
            {
                c.GradInputs[names[i]].AssertClose("gradient of " + names[i], evaluated.Gradient(i), c.Rtol, c.Atol);
            }
        }

        return true;
    }

    private static unsafe void Penalise(GoldenCase c, GoldenTensor x, Penalty penalty, GoldenTensor want, GoldenTensor gradient, GoldenTensor outer, GoldenTensor? passed)
    {
        var g = new GraphBuilder("penalty");
        Value input = g.Input("x", DType.Float32, new SymbolicShape([.. x.Shape.Select(d => new Dim(d))]));
        Value value = penalty.Append(g, input);
        Value grown = GradientBuilder.Append(g, value, g.Constant((float)outer.Doubles()[0]), [input])[0]!;
        grown = passed is null ? grown : g.Add("Add", grown, g.Constant(Tensor.From<float>(new Shape(passed.Shape), passed.Floats())));
        using var pool = new ComputePool(1);
        using var program = new Program(g.Build([value, grown]), pool);
        x.Floats().CopyTo(program.Input("x", 1).Span<float>());
        int* borders = stackalloc int[] { 0, 1 };
        program.Run(null, null, new RowSegments(borders, 1));
        want.AssertClose("penalty", program.Output(0).Span<float>(), c.Rtol, c.Atol);
        gradient.AssertClose("gradient", program.Output(1).Span<float>(), c.Rtol, c.Atol);
    }

    private static GoldenTensor Input(GoldenCase c, string name) => Arranged(c, name, c.Inputs[name]);

    /// <summary>Rows first: steps before rows change places, pairs of rows become rows.</summary>
    private static GoldenTensor Arranged(GoldenCase c, string name, GoldenTensor t)
    {
        if (name is "log_probs" or "logits")
        {
            float[] x = t.Floats();
            (long steps, long rows, long classes) = (t.Shape[0], t.Shape[1], t.Shape[2]);
            var moved = new float[x.Length];
            for (long i = 0; i < x.Length; i++)
            {
                moved[(((i / classes % rows * steps) + (i / classes / rows)) * classes) + (i % classes)] = x[i];
            }

            return new GoldenTensor(t.Name, "F32", [rows, steps, classes], System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(moved).ToArray());
        }

        return c.Op == "RankHinge" ? new GoldenTensor(t.Name, "F32", [t.Shape[0] / 2, 2], System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(t.Floats()).ToArray()) : t;
    }

    private static (TermLoss Loss, string[] Predictions, string[] Targets)? Create(GoldenCase c)
    {
        double[]? Weights(string name) => c.Inputs.TryGetValue(name, out GoldenTensor? w) ? w.Doubles() : null;
        double margin = c.Number("margin");
        double epsilon = c.Number("epsilon", c.Number("eps"));
        TermLoss? one = c.Op switch
        {
            "L1Loss" => new MeanAbsoluteLoss(),
            "SmoothL1Loss" => new SmoothL1(c.Number("beta")),
            "HuberLoss" => new Huber(c.Number("delta")),
            "NegativeLogLikelihoodLoss" => new NegativeLogLikelihood(Weights("weight"), c.Has("ignore_index") ? c.Int("ignore_index") : null),
            "CategoricalCrossEntropy" => new CategoricalCrossEntropy(),
            "KerasBinaryCrossEntropy" => new BinaryCrossEntropyMean(epsilon),
            "KLDivLoss" => new KlDivergence(c.Int("log_target") != 0, c.Text("reduction") == "batchmean"),
            "KullbackLeiblerDivergence" => new KullbackLeibler(epsilon),
            "PoissonNLLLoss" => new PoissonLikelihood(c.Int("log_input") != 0, c.Int("full") != 0, epsilon),
            "KerasPoisson" => new PoissonMean(epsilon),
            "HingeLoss" => new Hinge(margin),
            "SquaredHingeLoss" => new SquaredHinge(margin),
            "CategoricalHinge" => new CategoricalHinge(),
            "HingeEmbeddingLoss" => new HingeEmbedding(margin),
            "SoftMarginLoss" => new SoftMargin(),
            "MultiMarginLoss" => new MultiMargin(c.Int("p"), margin, Weights("weight")),
            "MultiLabelMarginLoss" => new MultiLabelMargin(),
            "MultiLabelSoftMarginLoss" => new MultiLabelSoftMargin(Weights("weight")),
            "CosineDistanceCriterion" => new CosineDistance(),
            "CosineProximity" => new CosineProximity(),
            "SigmoidFocalLoss" => new SigmoidFocal(c.Number("alpha"), c.Number("gamma")),
            "SoftmaxFocalLoss" => new SoftmaxFocal(c.Number("gamma")),
            "DiceLoss" => new Dice(epsilon),
            "LogCosh" => new LogCosh(),
            "MeanAbsolutePercentageError" => new MeanAbsolutePercentageLoss(epsilon),
            "MeanSquaredLogarithmicError" => new MeanSquaredLogLoss(epsilon),
            "QuantileLoss" => new QuantileLoss(c.Number("quantile")),
            "DotProductCriterion" => new DotProduct(),
            "PGCriterion" => new PolicyGradient(),
            "ClassSimplexCriterion" => new ClassSimplex(c.Int("n_classes")),
            _ => null,
        };
        if (one is not null)
        {
            return (one, ["input"], ["target"]);
        }

        string[] weighted = c.Inputs.ContainsKey("weight") ? ["target", "weight"] : ["target"];
        return c.Op switch
        {
            "BCELoss" => (new BinaryCrossEntropy(), ["input"], weighted),
            "BCEWithLogitsLoss" => (new BinaryCrossEntropyLogits(Weights("pos_weight")), ["input"], weighted),
            "SmoothL1WithWeights" => (new SmoothL1Weighted(c.Number("sigma"), c.Number("num")), ["input"], ["target", "inside_weight", "outside_weight"]),
            "KLDCriterion" => (new NormalKl(), ["mean", "log_var"], []),
            "GaussianCriterion" => (new NormalLikelihood(), ["mean", "log_var"], ["target"]),
            "GaussianNLLLoss" => (new GaussianLikelihood(c.Int("full") != 0, epsilon), ["input", "var"], ["target"]),
            "L1HingeEmbedding" => (new L1HingeEmbedding(margin), ["X1", "X2"], ["y"]),
            "MarginRankingLoss" => (new MarginRanking(margin), ["X1", "X2"], ["target"]),
            "CosineEmbeddingLoss" => (new CosineEmbedding(margin), ["X1", "X2"], ["target"]),
            "RankHinge" => (new RankHinge(margin), ["input"], []),
            "TripletMarginLoss" => (new TripletMargin(margin, c.Number("p"), c.Int("swap") != 0, epsilon), ["anchor", "positive", "negative"], []),
            "L1Cost" => (new L1Cost(), ["input"], []),
            "CTCLoss" or "CTCLossLogits" => (new ConnectionistTemporal(c.Int("blank"), c.Int("zero_infinity") != 0, c.Text("reduction") == "mean"), [c.Op == "CTCLoss" ? "log_probs" : "logits"], ["targets", "input_lengths", "target_lengths"]),
            _ => null,
        };
    }

    /// <summary>A weighted sum of losses on shared inputs, and its gradients.</summary>
    private sealed class Evaluated : IDisposable
    {
        private readonly ComputePool _pool = new(1);
        private readonly Program _program;
        private readonly int[] _outputs;

        public unsafe Evaluated(Func<GraphBuilder, (Loss Loss, double Weight, int[] Predictions, int[] Targets)[]> losses, GoldenTensor[] predictions, GoldenTensor[] targets, GoldenCase c, int segments)
        {
            var g = new GraphBuilder("loss");
            Value[] p = [.. predictions.Select((t, i) => g.Input("prediction" + i, DType.Float32, Rows(t)))];
            Value[] y = [.. targets.Select((t, i) => g.Input("target" + i, t.DType is "F32" or "F64" ? DType.Float32 : DType.Int64, Rows(t)))];
            string reduction = c.Text("reduction", c.Op is "KLDCriterion" or "GaussianCriterion" or "SmoothL1WithWeights" or "L1Cost" or "DotProductCriterion" or "PGCriterion" ? "sum" : "mean");
            Value? total = null;
            foreach ((Loss loss, double weight, int[] judged, int[] against) in losses(g))
            {
                Value[] mine = [.. judged.Select(i => p[i])];
                Value[] labels = [.. against.Select(i => y[i])];
                Value part;
                if (reduction == "none")
                {
                    part = ((TermLoss)loss).Terms(g, mine, labels);
                }
                else
                {
                    part = loss is TermLoss terms ? terms.Numerator(g, mine, labels, null) : loss.Numerator(g, mine[0], labels[0], null);
                    Value denominator = loss is TermLoss counted ? counted.Denominator(g, labels, null) : loss.Denominator(g, labels[0], null);
                    Assert.Equal(0, part.Shape.Rank);
                    Assert.Equal(0, denominator.Shape.Rank);
                    part = reduction == "sum" ? part : g.Add("Div", part, denominator);
                }

                part = weight == 1 ? part : g.Add("Mul", part, g.Constant((float)weight));
                total = total is null ? part : g.Add("Add", total, part);
            }

            var outputs = new List<Value> { total! };
            _outputs = new int[p.Length];
            GoldenTensor? outer = c.GradOutput.GetValueOrDefault("loss");
            if (outer is not null)
            {
                Value seed = g.Input("seed", DType.Float32, total!.Shape);
                Value?[] gradients = GradientBuilder.Append(g, total, seed, p);
                for (int i = 0; i < p.Length; i++)
                {
                    _outputs[i] = outputs.Count;
                    outputs.Add(gradients[i]!);
                }
            }

            int n = (int)predictions[0].Shape[0];
            _program = new Program(g.Build([.. outputs]), _pool);
            for (int i = 0; i < p.Length; i++)
            {
                predictions[i].Floats().CopyTo(_program.Input("prediction" + i, n).Span<float>());
            }

            for (int i = 0; i < y.Length; i++)
            {
                TensorView view = _program.Input("target" + i, n);
                if (y[i].DType == DType.Float32)
                {
                    targets[i].Floats().CopyTo(view.Span<float>());
                }
                else
                {
                    targets[i].Longs().CopyTo(view.Span<long>());
                }
            }

            outer?.Floats().CopyTo(_program.Input("seed", n).Span<float>());
            int* borders = stackalloc int[] { 0, segments == 1 ? n : n / 2, n };
            _program.Run(null, null, new RowSegments(borders, segments));
        }

        public double[] Loss => Array.ConvertAll(_program.Output(0).Span<float>().ToArray(), v => (double)v);

        public float[] Gradient(int prediction) => _program.Output(_outputs[prediction]).Span<float>().ToArray();

        public void Dispose()
        {
            _program.Dispose();
            _pool.Dispose();
        }

        private static SymbolicShape Rows(GoldenTensor t) => new([Dim.N, .. t.Shape.Skip(1).Select(d => new Dim(d))]);
    }
}
