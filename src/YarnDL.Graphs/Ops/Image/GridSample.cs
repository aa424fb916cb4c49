using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX GridSample of images.</summary>
public sealed unsafe class GridSample : GridOperator
{
    public override string Name => "GridSample";

    public override int Since => 20;

    public override string Doc => "Values (N, C, h, w) of X (N, C, H, W) at the places grid (N, h, w, 2), x first, -1 .. 1 from edge to edge (centre to centre with align_corners); mode nearest, linear or cubic, outside by padding_mode zeros, border or reflection.";

    public override ResultType[] Infer(InferContext c)
    {
        c.ExpectInputs(2);
        return [new(DType.Float32, Sampled(c, 0))];
    }

    public override Value?[] Gradient(GradientContext c) => c.G.AddNode(OperatorTable.Get("GridSampleGrad"), [c.Dy, c.Input(0), c.Input(1)], c.Attributes, 2);

    public override void Run(in RunContext c)
    {
        var job = new Job { X = c.Inputs[0], Grid = c.Inputs[1].F32, Y = c.Outputs[0], Options = (Options)c.State! };
        c.Pool.Run(ref job, c.Outputs[0].Shape[0]);
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 4, 5), new(Dim.N, 3, 2, 2)], Attributes.None, -1.3, 1.3),
        new([new(Dim.N, 2, 4, 5), new(Dim.N, 3, 2, 2)], new(("mode", "cubic"), ("padding_mode", "border")), -1.3, 1.3),
        new([new(Dim.N, 2, 4, 5), new(Dim.N, 3, 2, 2)], new(("padding_mode", "reflection"), ("align_corners", 1)), -1.9, 1.9),
        new([new(Dim.N, 2, 4, 5), new(Dim.N, 3, 2, 2)], new(("mode", "nearest")), -0.99, 0.99),
    ];

    private struct Job : IParallelJob
    {
        public TensorView X;
        public float* Grid;
        public TensorView Y;
        public Options Options;

        public readonly void Execute(long item, int thread)
        {
            (long channels, long height, long width) = (X.Shape[1], X.Shape[2], X.Shape[3]);
            long places = Y.Shape[2] * Y.Shape[3];
            for (long p = 0; p < places; p++)
            {
                float* at = Grid + (((item * places) + p) * 2);
                SamplePlace x = SamplePlace.Of(at[0], width, Options.Mode, Options.Padding, Options.Corners);
                SamplePlace y = SamplePlace.Of(at[1], height, Options.Mode, Options.Padding, Options.Corners);
                for (long c = 0; c < channels; c++)
                {
                    float* plane = X.F32 + (((item * channels) + c) * height * width);
                    float sum = 0;
                    for (int j = 0; j < y.Taps; j++)
                    {
                        for (int i = 0; i < x.Taps && y.Index[j] >= 0; i++)
                        {
                            sum += x.Index[i] < 0 ? 0 : plane[(y.Index[j] * width) + x.Index[i]] * (y.Weight[j] * x.Weight[i]);
                        }
                    }

                    Y.F32[(((item * channels) + c) * places) + p] = sum;
                }
            }
        }
    }
}
