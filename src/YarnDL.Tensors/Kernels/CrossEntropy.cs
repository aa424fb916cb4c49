using System.Globalization;
using System.Runtime.CompilerServices;

namespace YarnDL.Tensors.Kernels;

/// <summary>
/// Softmax and cross entropy in one: logits (rows, classes, positions), labels (rows, positions).
/// loss = weight[label] (max + ln(sum of e^(x - max)) - x[label]); an ignored label has loss 0 and gradient 0.
/// </summary>
public static unsafe class CrossEntropy
{
    /// <summary>losses (rows, positions).</summary>
    /// <param name="classWeights">One weight per class, or null for 1.</param>
    /// <param name="ignored">The label that does not count; -1 by default, so any negative number other than it is refused.</param>
    /// <exception cref="ArgumentOutOfRangeException">A label is neither ignored nor in 0 .. classes-1.</exception>
    public static void Forward(
        ComputePool pool, long rows, long classes, long positions, float* logits, long* labels, float* classWeights, long ignored, float* losses)
    {
        var job = new Job { Pool = pool, Lines = rows * positions, Classes = classes, Positions = positions, Logits = logits, Labels = labels, Weights = classWeights, Ignored = ignored, Losses = losses };
        job.Run();
    }

    /// <summary>dlogits = lossGradient weight[label] (softmax - onehot).</summary>
    /// <param name="lossGradients">Gradient of each loss (rows, positions).</param>
    public static void Backward(
        ComputePool pool, long rows, long classes, long positions, float* logits, long* labels, float* classWeights, long ignored, float* lossGradients, float* dlogits)
    {
        var job = new Job { Pool = pool, Lines = rows * positions, Classes = classes, Positions = positions, Logits = logits, Labels = labels, Weights = classWeights, Ignored = ignored, Losses = lossGradients, Gradients = dlogits };
        job.Run();
    }

    private struct Job : IParallelJob
    {
        public ComputePool Pool;
        public long Lines;
        public long Classes;
        public long Positions;
        public float* Logits;
        public long* Labels;
        public float* Weights;
        public long Ignored;
        public float* Losses;
        public float* Gradients;

        private readonly long LinesPerItem => Math.Max(1, 4096 / Math.Max(1, Classes));

        public void Run() => Pool.Run(ref this, (Lines + LinesPerItem - 1) / LinesPerItem);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Execute(long item, int thread)
        {
            float* scratch = (float*)Pool.ThreadScratch(thread, 3 * Classes * sizeof(float));
            long end = Math.Min(Lines, (item + 1) * LinesPerItem);
            for (long line = item * LinesPerItem; line < end; line++)
            {
                long label = Labels[line];
                if (label != Ignored && (ulong)label >= (ulong)Classes)
                {
                    throw new ArgumentOutOfRangeException(nameof(line), string.Create(
                        CultureInfo.InvariantCulture, $"[cross entropy] label {label} in row {line / Positions}; labels must be in 0..{Classes - 1}; check the label column or the number of outputs"));
                }

                long start = Line.Start(line, Classes, Positions);
                float weight = label == Ignored ? 0 : Weights == null ? 1 : Weights[label];
                float* x = Line.Gather(Logits + start, Classes, Positions, scratch);
                if (Gradients == null)
                {
                    Losses[line] = label == Ignored ? 0 : Loss(x, scratch + Classes, label) * weight;
                }
                else
                {
                    float* g = Positions == 1 ? Gradients + start : scratch + (2 * Classes);
                    Gradient(x, label, Losses[line] * weight, g);
                    Line.Scatter(g, Gradients + start, Classes, Positions);
                }
            }
        }

        private readonly float Loss(float* x, float* exponentials, long label)
        {
            float sum = Softmax.Exponentials(Classes, x, exponentials, out float max);
            return Maths.Log(sum) - (x[label] - max);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Gradient(float* x, long label, float scale, float* g)
        {
            if (label == Ignored)
            {
                new Span<float>(g, checked((int)Classes)).Clear();
                return;
            }

            float sum = Softmax.Exponentials(Classes, x, g, out _);
            for (long i = 0; i < Classes; i++)
            {
                float p = g[i] / sum;
                g[i] = scale * (i == label ? p - 1 : p);
            }
        }
    }
}
