namespace YarnDL.Tensors.Kernels;

/// <summary>
/// Convolutions (cross-correlations, as ONNX Conv) of float32 NCHW tensors as matrix products over gathered pixels. An output is one chain over
/// (kernel row, kernel column, channel); an input gradient over (kernel row, kernel column, output channel); a weight gradient over
/// (row, output row, output column) by the rule for sums over rows. Taps in the padding contribute nothing.
/// </summary>
public static unsafe class Convolution
{
    /// <summary>Bytes of scratch that <see cref="Forward"/> needs for up to <paramref name="rows"/> rows.</summary>
    public static long ForwardScratchBytes(ConvolutionShape shape, long rows, int threads) => 0;

    /// <summary>Bytes of scratch that <see cref="BackwardData"/> needs for up to <paramref name="rows"/> rows.</summary>
    public static long BackwardDataScratchBytes(ConvolutionShape shape, long rows, int threads) => 0;

    /// <summary>Bytes of scratch that <see cref="BackwardWeights"/> needs for up to <paramref name="rows"/> rows in up to <paramref name="segments"/> segments.</summary>
    public static long BackwardWeightsScratchBytes(ConvolutionShape shape, long rows, int segments, int threads) => 0;

    /// <summary>y = activation(conv(x, w) + bias).</summary>
    /// <param name="x">(rows, Channels, Height, Width).</param>
    /// <param name="w">(OutputChannels, Channels / Groups, KernelHeight, KernelWidth).</param>
    /// <param name="bias">OutputChannels values added after the chain, or null.</param>
    /// <param name="y">(rows, OutputChannels, OutputHeight, OutputWidth).</param>
    /// <param name="scratch">At least <see cref="ForwardScratchBytes"/> bytes, 64-byte aligned.</param>
    public static void Forward(ComputePool pool, ConvolutionShape shape, long rows, float* x, float* w, float* bias, Activation activation, float* y, void* scratch)
    {
        ConvolutionShape s = shape;
        float* stack = stackalloc float[SumTree.MaxDepth];
        for (long r = 0; r < rows; r++)
        {
            for (long o = 0; o < s.OutputChannels; o++)
            {
                for (long p = 0; p < s.Positions; p++)
                {
                    int top = 0;
                    long first = o / s.GroupOutputs * s.GroupChannels;
                    SumTree tree = SumTree.Over(s.Terms);
                    while (tree.Next())
                    {
                        float sum = 0;
                        for (long t = tree.Start; t < tree.Start + tree.Length; t++)
                        {
                            long c = t % s.GroupChannels;
                            long kw = t / s.GroupChannels % s.KernelWidth;
                            long kh = t / s.GroupChannels / s.KernelWidth;
                            long ih = (p / s.OutputWidth * s.StrideHeight) + (kh * s.DilationHeight) - s.PadTop;
                            long iw = (p % s.OutputWidth * s.StrideWidth) + (kw * s.DilationWidth) - s.PadLeft;
                            if (ih >= 0 && ih < s.Height && iw >= 0 && iw < s.Width)
                            {
                                sum = MathF.FusedMultiplyAdd(w[(((((o * s.GroupChannels) + c) * s.KernelHeight) + kh) * s.KernelWidth) + kw], x[(((((r * s.Channels) + first + c) * s.Height) + ih) * s.Width) + iw], sum);
                            }
                        }

                        stack[top++] = sum;
                        for (int merge = 0; merge < tree.Merges; merge++)
                        {
                            top--;
                            stack[top - 1] += stack[top];
                        }
                    }

                    float value = stack[0] + (bias == null ? 0 : bias[o]);
                    y[(((r * s.OutputChannels) + o) * s.Positions) + p] = activation switch { Activation.Relu => value > 0 ? value : 0, Activation.Tanh => Maths.Tanh(value), Activation.Sigmoid => Maths.Sigmoid(value), _ => value };
                }
            }
        }
    }

    /// <summary>dx = gradient of the input from dy, the gradient of the output.</summary>
    /// <param name="scratch">At least <see cref="BackwardDataScratchBytes"/> bytes, 64-byte aligned.</param>
    public static void BackwardData(ComputePool pool, ConvolutionShape shape, long rows, float* dy, float* w, float* dx, void* scratch)
    {
        ConvolutionShape s = shape;
        float* stack = stackalloc float[SumTree.MaxDepth];
        for (long i = 0; i < rows * s.InputElements; i++)
        {
            long iw = i % s.Width;
            long ih = i / s.Width % s.Height;
            long channel = i / s.Width / s.Height % s.Channels;
            long r = i / s.InputElements;
            long group = channel / s.GroupChannels;
            long c = channel % s.GroupChannels;
            int top = 0;
            SumTree tree = SumTree.Over(s.KernelHeight * s.KernelWidth * s.GroupOutputs);
            while (tree.Next())
            {
                float sum = 0;
                for (long t = tree.Start; t < tree.Start + tree.Length; t++)
                {
                    long o = (group * s.GroupOutputs) + (t % s.GroupOutputs);
                    long kw = t / s.GroupOutputs % s.KernelWidth;
                    long kh = t / s.GroupOutputs / s.KernelWidth;
                    long h = ih + s.PadTop - (kh * s.DilationHeight);
                    long v = iw + s.PadLeft - (kw * s.DilationWidth);
                    if (h >= 0 && v >= 0 && h % s.StrideHeight == 0 && v % s.StrideWidth == 0 && h / s.StrideHeight < s.OutputHeight && v / s.StrideWidth < s.OutputWidth)
                    {
                        sum = MathF.FusedMultiplyAdd(
                            w[(((((o * s.GroupChannels) + c) * s.KernelHeight) + kh) * s.KernelWidth) + kw],
                            dy[(((r * s.OutputChannels) + o) * s.Positions) + (h / s.StrideHeight * s.OutputWidth) + (v / s.StrideWidth)],
                            sum);
                    }
                }

                stack[top++] = sum;
                for (int merge = 0; merge < tree.Merges; merge++)
                {
                    top--;
                    stack[top - 1] += stack[top];
                }
            }

            dx[i] = stack[0];
        }
    }

    /// <summary>dw = gradient of the weights, summed over the rows of all segments; with no rows it is 0.</summary>
    /// <param name="scratch">At least <see cref="BackwardWeightsScratchBytes"/> bytes, 64-byte aligned.</param>
    public static void BackwardWeights(ComputePool pool, ConvolutionShape shape, RowSegments rows, float* x, float* dy, float* dw, void* scratch)
    {
        ConvolutionShape s = shape;
        float* stack = stackalloc float[SumTree.MaxDepth];
        for (long i = 0; i < s.WeightElements; i++)
        {
            long kw = i % s.KernelWidth;
            long kh = i / s.KernelWidth % s.KernelHeight;
            long c = i / s.KernelWidth / s.KernelHeight % s.GroupChannels;
            long o = i / s.Terms;
            long channel = (o / s.GroupOutputs * s.GroupChannels) + c;
            int top = 0;
            SumTree tree = SumTree.OverRows(rows, s.Positions);
            while (tree.Next())
            {
                float sum = 0;
                for (long t = tree.Start; t < tree.Start + tree.Length; t++)
                {
                    long r = t / s.Positions;
                    long p = t % s.Positions;
                    long ih = (p / s.OutputWidth * s.StrideHeight) + (kh * s.DilationHeight) - s.PadTop;
                    long iw = (p % s.OutputWidth * s.StrideWidth) + (kw * s.DilationWidth) - s.PadLeft;
                    if (ih >= 0 && ih < s.Height && iw >= 0 && iw < s.Width)
                    {
                        sum = MathF.FusedMultiplyAdd(dy[(((r * s.OutputChannels) + o) * s.Positions) + p], x[(((((r * s.Channels) + channel) * s.Height) + ih) * s.Width) + iw], sum);
                    }
                }

                stack[top++] = sum;
                for (int merge = 0; merge < tree.Merges; merge++)
                {
                    top--;
                    stack[top - 1] += stack[top];
                }
            }

            dw[i] = top == 0 ? 0 : stack[0];
        }
    }

    /// <summary>db (OutputChannels) = dy summed over the rows of all segments and over positions.</summary>
    public static void BackwardBias(ComputePool pool, ConvolutionShape shape, RowSegments rows, float* dy, float* db) =>
        Reduce.SumChannelsOverRows(pool, rows, shape.OutputChannels, shape.Positions, dy, db);
}
