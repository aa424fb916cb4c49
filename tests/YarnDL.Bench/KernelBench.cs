using System.Diagnostics;
using YarnDL.Graphs;
using YarnDL.Graphs.Gradients;
using YarnDL.Tensors;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Bench;

/// <summary>Matrix products of an MLP and the convolutions of LeNet-5 and of a small residual network.</summary>
internal static unsafe class KernelBench
{
    private const int Repeats = 12;
    private static double s_peak;
    private static bool s_processorTime;

    public static void Run(int threads)
    {
        using var pool = new ComputePool(threads);
        s_processorTime = threads == 1;
        s_peak = Best(() =>
        {
            var job = default(FmaPeak);
            pool.Run(ref job, threads);
        }, FmaPeak.Flops * threads);
        Console.WriteLine($"path {CpuPath.Name}, threads {threads}, peak of fused multiply-adds {s_peak:F1} GF/s");
        foreach ((long m, long n, long k) in ((long, long, long)[])[(128, 784, 784), (512, 512, 512), (128, 128, 784), (32, 256, 256), (128, 10, 128), (1, 512, 512), (1024, 1024, 1024)])
        {
            Product(pool, m, n, k);
        }

        Convolve(pool, "lenet conv1", 128, new ConvolutionShape { Channels = 1, Height = 28, Width = 28, OutputChannels = 6, KernelHeight = 5, KernelWidth = 5, PadTop = 2, PadLeft = 2, PadBottom = 2, PadRight = 2 });
        Convolve(pool, "lenet conv2", 128, new ConvolutionShape { Channels = 6, Height = 14, Width = 14, OutputChannels = 16, KernelHeight = 5, KernelWidth = 5 });
        Convolve(pool, "64x28x28 3x3", 8, new ConvolutionShape { Channels = 64, Height = 28, Width = 28, OutputChannels = 64, KernelHeight = 3, KernelWidth = 3, PadTop = 1, PadLeft = 1, PadBottom = 1, PadRight = 1 });
        Convolve(pool, "16x28x28 3x3 stride 2", 32, new ConvolutionShape { Channels = 16, Height = 28, Width = 28, OutputChannels = 32, KernelHeight = 3, KernelWidth = 3, StrideHeight = 2, StrideWidth = 2, PadTop = 1, PadLeft = 1, PadBottom = 1, PadRight = 1 });
        Convolve(pool, "32x14x14 3x3 stride 2", 32, new ConvolutionShape { Channels = 32, Height = 14, Width = 14, OutputChannels = 64, KernelHeight = 3, KernelWidth = 3, StrideHeight = 2, StrideWidth = 2, PadTop = 1, PadLeft = 1, PadBottom = 1, PadRight = 1 });
        Recur(pool, 48, 64, 8, 64);
        PassOver(pool);
    }

    private static void Product(ComputePool pool, long m, long n, long k)
    {
        using var a = new Tensor(DType.Float32, new Shape(m * k));
        using var b = new Tensor(DType.Float32, new Shape(k * n));
        using var c = new Tensor(DType.Float32, new Shape(m * n));
        using Tensor borders = Tensor.From<int>(new Shape(5), [0, (int)m / 4, (int)m / 2, (int)(m - (m / 4)), (int)m]);
        Fill(a);
        Fill(b);
        double flops = 2.0 * m * n * k;
        Report($"product {m} x {n} x {k} NN", flops, () => Gemm.Run(pool, false, false, m, n, k, a.View.F32, k, b.View.F32, n, c.View.F32, n));
        Report($"product {m} x {n} x {k} NT", flops, () => Gemm.Run(pool, false, true, m, n, k, a.View.F32, k, b.View.F32, k, c.View.F32, n));
        if (m >= 32)
        {
            using var x = new Tensor(DType.Float32, new Shape(k * n));
            Fill(c);
            Report($"rows {m}: {k} x {n}, 4 segments", flops, () => Gemm.SumOverRows(pool, new RowSegments(borders.View.I32, 4), 1, k, n, a.View.F32, k, c.View.F32, n, x.View.F32, n));
        }
    }

    private static void Convolve(ComputePool pool, string name, long rows, ConvolutionShape s)
    {
        using var x = new Tensor(DType.Float32, new Shape(rows * s.InputElements));
        using var w = new Tensor(DType.Float32, new Shape(s.WeightElements));
        using var y = new Tensor(DType.Float32, new Shape(rows * s.OutputElements));
        using Tensor borders = Tensor.From<int>(new Shape(5), [0, (int)rows / 4, (int)rows / 2, (int)(rows - (rows / 4)), (int)rows]);
        long bytes = Math.Max(Convolution.ForwardScratchBytes(s, rows, pool.Threads), Convolution.BackwardWeightsScratchBytes(s, rows, 4, pool.Threads));
        using var scratch = new Tensor(DType.UInt8, new Shape(Math.Max(bytes, Convolution.BackwardDataScratchBytes(s, rows, pool.Threads))));
        Fill(x);
        Fill(w);
        double flops = 2.0 * rows * s.OutputElements * s.Terms;
        Report($"{name} forward", flops, () => Convolution.Forward(pool, s, rows, x.View.F32, w.View.F32, null, Activation.Relu, y.View.F32, scratch.View.Data));
        Report($"{name} input gradient", flops, () => Convolution.BackwardData(pool, s, rows, y.View.F32, w.View.F32, x.View.F32, scratch.View.Data));
        Report($"{name} weight gradient", flops, () => Convolution.BackwardWeights(pool, s, new RowSegments(borders.View.I32, 4), x.View.F32, y.View.F32, w.View.F32, scratch.View.Data));
    }

    // An LSTM over a window, and with the gradients of all its weights.
    private static void Recur(ComputePool pool, long steps, int rows, long features, long hidden)
    {
        double flops = 2.0 * steps * rows * 4 * hidden * (features + hidden);
        Report($"lstm {steps} x {features} to {hidden}, {rows} rows", flops, Lstm(pool, steps, rows, features, hidden, false));
        Report("  and its gradients", 3 * flops, Lstm(pool, steps, rows, features, hidden, true));
    }

    private static Action Lstm(ComputePool pool, long steps, int rows, long features, long hidden, bool gradients)
    {
        var g = new GraphBuilder("lstm");
        Value x = g.Input("x", DType.Float32, new(steps, Dim.N, features));
        Value y = g.Add("LSTM", [x, g.Parameter("w", new Shape(1, 4 * hidden, features)), g.Parameter("r", new Shape(1, 4 * hidden, hidden)), g.Parameter("b", new Shape(1, 8 * hidden))], new Attributes(("hidden_size", hidden)));
        Value last = g.Add("ReduceSum", [g.Add("Flatten", [g.Add("Transpose", [y], new Attributes(("perm", new long[] { 2, 0, 1, 3 })))], null)], new Attributes(("keepdims", 0)));
        Graph graph = g.Build(gradients ? [.. GradientBuilder.Append(g, last, g.Constant(1f), [.. g.Parameters]).Select(v => v!)] : [last]);
        var program = new YarnDL.Graphs.Programs.Program(graph, pool);
        var weights = new Tensor(DType.Float32, new Shape(graph.ParameterCount));
        Fill(weights);
        Span<float> input = new(program.Input("x", rows).F32, checked((int)(steps * rows * features)));
        for (int i = 0; i < input.Length; i++)
        {
            input[i] = ((i * 37 % 101) - 50) / 64f;
        }

        return () =>
        {
            int* borders = stackalloc int[2] { 0, rows };
            program.Run(weights.View.F32, null, new RowSegments(borders, 1), default);
        };
    }

    // Kernels that do little arithmetic per byte, in nanoseconds per element.
    private static void PassOver(ComputePool pool)
    {
        const long Count = 1 << 20;
        using var x = new Tensor(DType.Float32, new Shape(Count));
        using var y = new Tensor(DType.Float32, new Shape(Count));
        using var indices = new Tensor(DType.Int32, new Shape(Count));
        using Tensor borders = Tensor.From<int>(new Shape(2), [0, 128]);
        Fill(x);
        Nanoseconds("tanh", Count, () => Elementwise.Unary<UnaryOperators.Tanh>(pool, Count, x.View.F32, y.View.F32));
        Nanoseconds("exp", Count, () => Elementwise.Unary<UnaryOperators.Exp>(pool, Count, x.View.F32, y.View.F32));
        Nanoseconds("add", Count, () => Elementwise.Binary<BinaryOperators.Add>(pool, Count, x.View.F32, x.View.F32, y.View.F32));
        Nanoseconds("softmax of 16", Count, () => Softmax.Forward(pool, Count / 16, 16, 1, x.View.F32, y.View.F32));
        Nanoseconds("sum of all", Count, () => Reduce.Run(pool, Reduction.Sum, new Shape(Count), 1, x.View.F32, y.View.F32));
        Nanoseconds("sum of columns", Count, () => Reduce.SumOverRows(pool, new RowSegments(borders.View.I32, 1), 1, Count / 128, x.View.F32, y.View.F32));
        Nanoseconds("sum of channels", Count, () => Reduce.SumChannelsOverRows(pool, new RowSegments(borders.View.I32, 1), 8, 1024, x.View.F32, y.View.F32));
        var pooling = new PoolingShape { Channels = 8, Height = 32, Width = 32, KernelHeight = 2, KernelWidth = 2, StrideHeight = 2, StrideWidth = 2 };
        Nanoseconds("max pool 2 x 2", Count, () => Pooling.MaxForward(pool, pooling, 128, x.View.F32, y.View.F32, indices.View.I32));
        Nanoseconds("max pool 2 x 2 gradient", Count, () => Pooling.MaxBackward(pool, pooling, 128, y.View.F32, indices.View.I32, x.View.F32));
    }

    private static void Fill(Tensor t)
    {
        Span<float> values = t.Span<float>();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = ((i * 37 % 101) - 50) / 64f;
        }
    }

    private static void Report(string what, double flops, Action action)
    {
        double speed = Best(action, flops);
        Console.WriteLine($"{what,-34} {speed,8:F1} GF/s {100 * speed / s_peak,6:F1} % {flops / speed / 1e3,10:F1} us");
    }

    private static void Nanoseconds(string what, long elements, Action action) => Console.WriteLine($"{what,-34} {1 / Best(action, elements),8:F3} ns per element");

    // With one thread the time is the process's processor time, which other processes disturb less; else it is the clock's.
    private static double Best(Action action, double work)
    {
        double best = double.MaxValue;
        for (int i = 0; i < Repeats; i++)
        {
            int times = 0;
            double start = Seconds();
            do
            {
                action();
                times++;
            }
            while (Seconds() - start < 0.004);
            best = Math.Min(best, (Seconds() - start) / times);
        }

        return work / best / 1e9;
    }

    private static double Seconds() => s_processorTime
        ? Environment.CpuUsage.TotalTime.TotalSeconds
        : Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;
}
