using YarnDL.Graphs.Programs;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Tests;

/// <summary>Runs a program on arrays: what most tests need.</summary>
internal sealed unsafe class Runner : IDisposable
{
    private readonly ComputePool _pool;

    public Runner(Graph graph, int threads = 1, ProgramOptions? options = null)
    {
        _pool = new ComputePool(threads);
        Program = new Program(graph, _pool, options);
    }

    /// <summary>Key of the random numbers of every run.</summary>
    public const ulong Seed = 0x1234_5678_9ABC;

    public const uint Epoch = 3;

    public Program Program { get; }

    /// <summary>Runs with the given inputs (by name, row-major) and segments; returns the outputs as bytes. Rows are numbered from <paramref name="first"/> on.</summary>
    public byte[][] Run(IReadOnlyDictionary<string, Array> inputs, int[] borders, float[]? parameters = null, long first = 0)
    {
        long rows = borders[^1];
        var numbers = new long[rows + 1];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = first + i;
        }

        foreach (Value v in Program.Graph.Inputs)
        {
            TensorView view = Program.Input(v.Name, rows);
            Fill(view, inputs[v.Name]);
        }

        fixed (int* b = borders)
        fixed (float* p = parameters)
        fixed (long* r = numbers)
        {
            Program.Run(p, null, new RowSegments(b, borders.Length - 1), new RandomKeys(Seed, Epoch, r, null));
        }

        var outputs = new byte[Program.Graph.Outputs.Count][];
        for (int i = 0; i < outputs.Length; i++)
        {
            TensorView y = Program.Output(i);
            outputs[i] = new ReadOnlySpan<byte>(y.Data, checked((int)(y.Count * y.DType.Size()))).ToArray();
        }

        return outputs;
    }

    public void Dispose()
    {
        Program.Dispose();
        _pool.Dispose();
    }

    public static float[] Floats(byte[] bytes) => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(bytes).ToArray();

    private static void Fill(TensorView view, Array values)
    {
        Assert.Equal(view.Count, values.Length);
        long bytes = view.Count * view.DType.Size();
        var handle = System.Runtime.InteropServices.GCHandle.Alloc(values, System.Runtime.InteropServices.GCHandleType.Pinned);
        Buffer.MemoryCopy((void*)handle.AddrOfPinnedObject(), view.Data, bytes, bytes);
        handle.Free();
    }
}
