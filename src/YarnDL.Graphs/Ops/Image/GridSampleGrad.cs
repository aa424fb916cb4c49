using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>The gradients of GridSample.</summary>
public sealed unsafe class GridSampleGrad : GridOperator
{
    public override string Name => "GridSampleGrad";

    public override string Domain => "yarndl";

    public override string Doc => "(dY, X, grid): the gradients of GridSample's X and grid.";

    public override (double Relative, double Absolute) Tolerance => (1e-5, 1e-5);

    public override ResultType[] Infer(InferContext c)
    {
        c.ExpectInputs(3);
        SymbolicShape y = Sampled(c, 1);
        return c.Shape(0).Equals(y) ? [new(DType.Float32, c.Shape(1)), new(DType.Float32, c.Shape(2))]
            : throw c.Error($"dY is {c.Shape(0)}", $"it must be {y}, as the samples");
    }

    public override void Run(in RunContext c)
    {
        var job = new Job { Dy = c.Inputs[0], X = c.Inputs[1], Grid = c.Inputs[2].F32, Dx = c.Outputs[0].F32, DGrid = c.Outputs[1].F32, Options = (Options)c.State! };
        c.Pool.Run(ref job, c.Inputs[0].Shape[0]);
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 3, 2), new(Dim.N, 2, 4, 5), new(Dim.N, 3, 2, 2)], Attributes.None, -1.3, 1.3, 2) { CheckGradient = false },
        new([new(Dim.N, 2, 3, 2), new(Dim.N, 2, 4, 5), new(Dim.N, 3, 2, 2)], new(("mode", "cubic"), ("padding_mode", "reflection")), -1.3, 1.3, 2) { CheckGradient = false },
    ];

    private struct Job : IParallelJob
    {
        public TensorView Dy;
        public TensorView X;
        public float* Grid;
        public float* Dx;
        public float* DGrid;
        public Options Options;

        public readonly void Execute(long item, int thread)
        {
            (long channels, long height, long width) = (X.Shape[1], X.Shape[2], X.Shape[3]);
            long places = Dy.Shape[2] * Dy.Shape[3];
            new Span<float>(Dx + (item * channels * height * width), checked((int)(channels * height * width))).Clear();
            for (long p = 0; p < places; p++)
            {
                long g = ((item * places) + p) * 2;
                SamplePlace x = SamplePlace.Of(Grid[g], width, Options.Mode, Options.Padding, Options.Corners);
                SamplePlace y = SamplePlace.Of(Grid[g + 1], height, Options.Mode, Options.Padding, Options.Corners);
                float slopeX = 0;
                float slopeY = 0;
                for (long c = 0; c < channels; c++)
                {
                    long plane = ((item * channels) + c) * height * width;
                    float dy = Dy.F32[(((item * channels) + c) * places) + p];
                    for (int j = 0; j < y.Taps; j++)
                    {
                        for (int i = 0; i < x.Taps && y.Index[j] >= 0; i++)
                        {
                            if (x.Index[i] >= 0)
                            {
                                long at = plane + (y.Index[j] * width) + x.Index[i];
                                Dx[at] += dy * (y.Weight[j] * x.Weight[i]);
                                slopeX += dy * X.F32[at] * (y.Weight[j] * x.Slope[i]);
                                slopeY += dy * X.F32[at] * (y.Slope[j] * x.Weight[i]);
                            }
                        }
                    }
                }

                DGrid[g] = slopeX;
                DGrid[g + 1] = slopeY;
            }
        }
    }
}
