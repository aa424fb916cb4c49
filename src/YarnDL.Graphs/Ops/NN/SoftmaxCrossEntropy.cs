using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>Softmax and cross entropy in one: stable, and its gradient needs no division.</summary>
public sealed unsafe class SoftmaxCrossEntropy : Operator
{
    public override string Name => "SoftmaxCrossEntropy";

    public override string Domain => "yarndl";

    public override string Doc => "(logits (N, C, ..), labels (N, ..) int64 in 0..C-1): losses (N, ..) = -log softmax(logits)[label], and optionally the log-softmax (N, C, ..).";

    public override ResultType[] Infer(InferContext c)
    {
        c.Expect(0, DType.Float32);
        c.Expect(1, DType.Int64);
        SymbolicShape x = c.Shape(0);
        if (x.Rank < 2 || x[1].IsRows)
        {
            throw c.Error($"logits are {x}", "they must be (N, classes, ..)");
        }

        var losses = new SymbolicShape([x[0], .. x.Dims[2..]]);
        return c.Shape(1).Equals(losses) ? [new(DType.Float32, losses), new(DType.Float32, x)]
            : throw c.Error($"labels are {c.Shape(1)}, logits {x}", $"labels must be {losses}, one class number each; flatten or squeeze them");
    }

    public override bool IsConstantInput(int input) => input == 1;

    public override Value?[] Gradient(GradientContext c)
    {
        if (c.OutputGradient(1) is not null)
        {
            throw new GraphException($"[SoftmaxCrossEntropy] {c.Node.Name}: the log-softmax output is forward only; use LogSoftmax");
        }

        Value logs = c.HasOutput(1) ? c.Output(1) : c.G.Add("LogSoftmax", c.Input(0), ("axis", 1));
        return [c.G.Add("SoftmaxCrossEntropyGrad", [c.Dy, logs, c.Input(1)]), null];
    }

    public override long ScratchBytes(PrepareContext c) => c.Node.Outputs.Count > 1 && c.Node.Outputs[1] is not null ? 0 : c.Input(0).ElementCount * sizeof(float);

    public override double Flops(PrepareContext c) => 8.0 * c.Input(0).ElementCount;

    public override void Run(in RunContext c)
    {
        TensorView x = c.Inputs[0];
        long classes = x.Shape[1];
        long inner = x.Shape.CountFrom(2);
        CheckLabels(c.Node, c.Inputs[1], classes, inner);
        float* logs = c.Outputs.Length > 1 && !c.Outputs[1].IsEmpty ? c.Outputs[1].F32 : (float*)c.Scratch;
        Tensors.Kernels.Softmax.LogForward(c.Pool, x.Shape[0], classes, inner, x.F32, logs);
        long* labels = c.Inputs[1].I64;
        float* losses = c.Outputs[0].F32;
        for (long i = 0; i < c.Outputs[0].Count; i++)
        {
            losses[i] = -logs[(((i / inner * classes) + labels[i]) * inner) + (i % inner)];
        }
    }

    /// <summary>Refuses labels that are no class.</summary>
    private static void CheckLabels(Node node, TensorView labels, long classes, long inner)
    {
        for (long i = 0; i < labels.Count; i++)
        {
            if ((ulong)labels.I64[i] >= (ulong)classes)
            {
                throw new InputValueException(
                    $"[SoftmaxCrossEntropy] row {i / inner} has label {labels.I64[i]} in {node.Inputs[1]!.Name}; labels are 0..{classes - 1} for logits {node.Inputs[0]!.Shape}; mend the labels or give the last layer more outputs",
                    i / inner);
            }
        }
    }

    public override Value[]? Decompose(GraphBuilder g, Node node)
    {
        Value logs = g.Add("LogSoftmax", node.Inputs[0]!, ("axis", 1));
        return node.Outputs.Count > 1 ? [g.Add("Neg", Picked(g, node, logs)), logs] : [g.Add("Neg", Picked(g, node, logs))];
    }

    private static Value Picked(GraphBuilder g, Node node, Value logs)
    {
        long classes = logs.Shape[1].Factor;
        var numbers = new long[classes];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = i;
        }

        var shape = new long[logs.Shape.Rank];
        Array.Fill(shape, 1);
        shape[1] = classes;
        Value hit = g.Add("Equal", g.Add("Unsqueeze", node.Inputs[1]!, g.Constant(1L)), g.Add("Reshape", g.Constant(numbers), g.Constant(shape)));
        return g.Add("ReduceSum", g.Add("Where", [hit, logs, g.Constant(0f)]), g.Constant(1L), ("keepdims", 0));
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 10), new(Dim.N)], Attributes.None, -3, 3, Outputs: 2) { Indices = { [1] = 10 } },
        new([new(Dim.N, 3), new(Dim.N)], Attributes.None, -3, 3) { Indices = { [1] = 3 } },
        new([new(Dim.N, 3, 4), new(Dim.N, 4)], Attributes.None, -3, 3) { Indices = { [1] = 3 } },
    ];
}
