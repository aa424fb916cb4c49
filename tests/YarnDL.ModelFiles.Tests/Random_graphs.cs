using System.Globalization;
using YarnDL.Graphs;
using YarnDL.Graphs.Programs;
using YarnDL.Graphs.Tests;
using YarnDL.Graphs.Tests.Operators;
using YarnDL.Graphs.Tests.RandomGraphs;
using YarnDL.Graphs.Tests.Reference;
using YarnDL.ModelFiles.Onnx;
using YarnDL.Tensors;

namespace YarnDL.ModelFiles.Tests;

/// <summary>
/// Graphs composed of random rows of the operator table. YARNDL_RANDOM_GRAPHS says how many, YARNDL_RANDOM_SEED where the seeds begin; a failure
/// names its seed.
/// </summary>
public sealed class Random_graphs
{
    private const double Step = 1e-5;

    private static readonly int Graphs = Setting("YARNDL_RANDOM_GRAPHS", 200);

    private static readonly int Block = Setting("YARNDL_RANDOM_BLOCK", 25);

    private static readonly int First = Setting("YARNDL_RANDOM_SEED", 1);

    public static IEnumerable<TheoryDataRow<int>> Blocks() => Enumerable.Range(0, (Graphs + Block - 1) / Block).Select(b => new TheoryDataRow<int>(First + (b * Block)));

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Programs_threads_and_files_give_the_bits_of_the_nodes_one_by_one(int first)
    {
        for (int seed = first; seed < first + Block; seed++)
        {
            var random = new RandomGraph((ulong)seed, seed % 2 == 0);
            if (seed % 2 == 0)
            {
                random.Differentiate();
            }

            int[] borders = random.Next(3) switch { 0 => [0, 1], 1 => [0, 2, 5], _ => [0, 4, 4, 7] };
            Dictionary<string, Array64> drawn = random.Draw(borders[^1]);
            Graph graph = random.Graph;
            string what = $"seed {seed} ({string.Join(", ", random.Rows)})";
            Dictionary<string, Array> inputs = Conversions.ToArrays(graph.Inputs.Concat(graph.Parameters), drawn);
            float[] parameters = [.. graph.Parameters.SelectMany(p => (float[])inputs[p.Name])];
            byte[][] expected = NaiveRun.Run(graph, inputs, borders);
            Conversions.AssertSame(expected, Run(graph, 1, null, inputs, borders, parameters), what + ", program");
            Conversions.AssertSame(expected, Run(graph, 3, null, inputs, borders, parameters), what + ", three threads");
            Conversions.AssertSame(expected, Run(graph, 2, new ProgramOptions { ReuseMemory = false }, inputs, borders, parameters), what + ", memory of its own");

            using var file = new MemoryStream();
            OnnxWriter.Write(graph, parameters, [], file, new OnnxWriteOptions(KeepYarnDlOperators: true));
            (Graph back, Tensor weights, _) = OnnxReader.Read(new MemoryStream(file.ToArray()), "random");
            Assert.Equal(parameters, weights.Span<float>().ToArray());
            Conversions.AssertSame(expected, Run(back, 1, null, inputs, borders, parameters), what + ", file");
        }
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Gradients_are_the_slopes_of_the_formulas(int first)
    {
        int checkedDirections = 0;
        for (int seed = first; seed < first + Block; seed += 2)
        {
            var random = new RandomGraph((ulong)seed + 1_000_000, true);
            (Graph forward, Value[] seeds, Value[] wrt, Value?[] gradients) = random.Differentiate();
            int rows = 1 + random.Next(3);
            Dictionary<string, Array64> drawn = random.Draw(rows);
            Array64[] all = Evaluator.Run(random.Graph, drawn, rows);
            Array64[] flowing = all[forward.Outputs.Count..];
            for (int d = 0; d < 2; d++)
            {
                var direction = new Dictionary<string, double[]>();
                double slope = 0;
                for (int k = 0, g = 0; k < wrt.Length; k++)
                {
                    double[] along = [.. drawn[wrt[k].Name].Data.Select(_ => (random.Next(2) * 2.0) - 1)];
                    direction[wrt[k].Name] = along;
                    if (gradients[k] is not null)
                    {
                        slope += flowing[g++].Data.Zip(along, (a, b) => a * b).Sum();
                    }
                }

                double wide = Slope(forward, seeds, drawn, direction, Step, rows);
                double narrow = Slope(forward, seeds, drawn, direction, Step / 4, rows);
                double size = 1 + Math.Abs(slope);
                if (!double.IsFinite(wide) || Math.Abs(wide - narrow) > 1e-4 * size)
                {
                    continue; // a kink lies on the way
                }

                checkedDirections++;
                Assert.True(Math.Abs(slope - narrow) <= 1e-3 * size, $"seed {seed} ({string.Join(", ", random.Rows)}): gradient {slope:R}, difference {narrow:R}");
            }
        }

        Assert.True(checkedDirections >= Block / 2, $"only {checkedDirections} directions were smooth");
    }

    /// <summary>Of the seeded sum of the float outputs; the differences are taken before the sum, in which a large constant would drown them.</summary>
    private static double Slope(Graph forward, Value[] seeds, Dictionary<string, Array64> drawn, Dictionary<string, double[]> direction, double step, int rows)
    {
        Array64[] ahead = Moved(forward, drawn, direction, step, rows);
        Array64[] behind = Moved(forward, drawn, direction, -step, rows);
        double sum = 0;
        for (int i = 0, s = 0; i < ahead.Length; i++)
        {
            if (forward.Outputs[i].DType == DType.Float32)
            {
                sum += ahead[i].Data.Zip(behind[i].Data, (a, b) => a - b).Zip(drawn[seeds[s++].Name].Data, (d, w) => d * w).Sum();
            }
        }

        return sum / (2 * step);
    }

    private static Array64[] Moved(Graph forward, Dictionary<string, Array64> drawn, Dictionary<string, double[]> direction, double step, int rows) =>
        Evaluator.Run(forward, drawn.ToDictionary(p => p.Key, p => direction.TryGetValue(p.Key, out double[]? d) ? new Array64(p.Value.Shape, [.. p.Value.Data.Zip(d, (x, a) => x + (step * a))]) : p.Value), rows);

    private static byte[][] Run(Graph graph, int threads, ProgramOptions? options, Dictionary<string, Array> inputs, int[] borders, float[] parameters)
    {
        using var runner = new Runner(graph, threads, options);
        return runner.Run(inputs, borders, parameters);
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
