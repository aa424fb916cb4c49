using System.Runtime.CompilerServices;

namespace YarnDL.Tensors.Kernels;

/// <summary>
/// Convolution weights of one group in the order in which a product reads them: from (outputs, channels, kernel positions) to
/// (kernel position, channel, output) for the forward pass or (kernel position, output, channel) for the input gradient.
/// </summary>
internal unsafe struct WeightOrder : IParallelJob
{
    private float* _weights;
    private float* _target;
    private long _outputs;
    private long _channels;
    private long _kernelPositions;
    private bool _outputsLast;

    public static void Run(ComputePool pool, float* weights, long outputs, long channels, long kernelPositions, bool outputsLast, float* target)
    {
        var job = new WeightOrder { _weights = weights, _target = target, _outputs = outputs, _channels = channels, _kernelPositions = kernelPositions, _outputsLast = outputsLast };
        long lines = kernelPositions * (outputsLast ? channels : outputs);
        pool.Run(ref job, outputs * channels * kernelPositions < 65536 ? 1 : lines);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Execute(long item, int thread)
    {
        long lines = _kernelPositions * (_outputsLast ? _channels : _outputs);
        bool whole = _outputs * _channels * _kernelPositions < 65536;
        for (long line = whole ? 0 : item; line < (whole ? lines : item + 1); line++)
        {
            long inner = _outputsLast ? _outputs : _channels;
            long step = _outputsLast ? _channels * _kernelPositions : _kernelPositions;
            long outer = _outputsLast ? _channels : _outputs;
            long outerStep = _outputsLast ? _kernelPositions : _channels * _kernelPositions;
            float* source = _weights + (line % outer * outerStep) + (line / outer);
            float* target = _target + (line * inner);
            for (long i = 0; i < inner; i++)
            {
                target[i] = source[i * step];
            }
        }
    }
}
