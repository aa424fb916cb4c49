using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using YarnDL.Data;
using YarnDL.Data.Encoding;
using YarnDL.Data.Features;
using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;
using YarnDL.Digits;
using YarnDL.Outcomes;
using YarnDL.Tensors;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Commands;

/// <summary>The work of <c>yarndl doctor</c>: each check says ok, or !! and what to do.</summary>
internal static class DoctorRun
{
    private const long LeastMemory = 1L << 30;
    private const long LeastSpace = 1L << 30;

    public static Outcome Run(CommandSession session)
    {
        (string Name, Func<string> Check)[] checks =
        [
            ("yarndl", () => $"{Versions.Product}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}"),
            ("processor", Processor),
            ("memory", Memory),
            ("temporary folder", Temporary),
            ("kernels", Kernels),
            ("random numbers", RandomNumbers),
            ("DuckDB", () => NativeLibraries.Load(NativeLibraries.DuckDb) == 0 ? throw new InvalidOperationException("no handle") : NativeLibraries.Find(NativeLibraries.DuckDb)),
            ("libvips", () => NativeLibraries.Load(NativeLibraries.Vips) == 0 ? throw new InvalidOperationException("no handle") : NativeLibraries.Find(NativeLibraries.Vips)),
            ("tables and images", Tables),
        ];
        JsonObject fields = [];
        int failed = 0;
        foreach ((string name, Func<string> check) in checks)
        {
            string text;
            bool ok = true;
            try
            {
                text = check();
            }
            catch (Exception e)
            {
                (ok, text) = (false, Failure.Explain(e).Message);
                failed++;
            }

            session.Say($"{(ok ? "ok" : "!!")}  {name,-18} {text}");
            fields[name] = ok;
        }

        return failed == 0
            ? session.Done(fields)
            : session.Done(fields, ExitCode.Resources, $"[doctor] {failed} of {checks.Length} checks failed; each line above with !! says what to do");
    }

    private static string Processor()
    {
        string advice = CpuPath.Name == CpuPath.Portable ? "; slow: neither AVX2 with FMA nor AVX-512 is there (in a virtual machine: pass the host's processor through)" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, path {CpuPath.Name}, kernel set {KernelSet.Name}{advice}");
    }

    private static string Memory()
    {
        long bytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return bytes >= LeastMemory ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB for this process")
            : throw new OutOfMemoryException();
    }

    private static string Temporary()
    {
        string folder = Path.GetTempPath();
        string file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"yarndl-doctor-{Environment.ProcessId}"));
        File.WriteAllText(file, "x");
        File.Delete(file);
        long free = new DriveInfo(folder).AvailableFreeSpace;
        return free >= LeastSpace ? string.Create(CultureInfo.InvariantCulture, $"{folder}, {free / 1e9:0.0} GB free")
            : throw new Data.Files.FileStoreException(Data.Files.FileStoreFault.Full, string.Create(CultureInfo.InvariantCulture, $"[storage] {folder} has {free / 1e6:0} MB free; 1 GB is needed: free some, or set TMPDIR"));
    }

    /// <summary>A small product whose sums are exact in any order.</summary>
    private static string Kernels()
    {
        const int N = 37;
        using ComputePool pool = new(2);
        using Tensor a = new(DType.Float32, new Shape(N, N));
        using Tensor b = new(DType.Float32, new Shape(N, N));
        using Tensor c = new(DType.Float32, new Shape(N, N));
        for (int i = 0; i < N * N; i++)
        {
            a.Span<float>()[i] = i % 7;
            b.Span<float>()[i] = i % 5;
        }

        unsafe
        {
            fixed (float* pa = a.Span<float>(), pb = b.Span<float>(), pc = c.Span<float>())
            {
                Gemm.Run(pool, false, false, N, N, N, pa, N, pb, N, pc, N);
            }
        }

        for (int i = 0; i < N; i++)
        {
            for (int j = 0; j < N; j++)
            {
                float sum = 0;
                for (int k = 0; k < N; k++)
                {
                    sum += a.Span<float>()[(i * N) + k] * b.Span<float>()[(k * N) + j];
                }

                if (c.Span<float>()[(i * N) + j] != sum)
                {
                    throw new InvalidOperationException($"[kernels] a product differs at ({i}, {j}): this processor computes wrongly, or this build is broken");
                }
            }
        }

        return "a matrix product is right";
    }

    private static string RandomNumbers()
    {
        // Known answer of Philox4x32-10: counter and key zero.
        PhiloxWords w = Philox.Block(0, 0, 0, 0, 0, 0);
        return w[0] == 0x6627e8d5 && w[1] == 0xe169c58d && w[2] == 0xbc57ac4c && w[3] == 0x9b00dbd8 ? "Philox gives its known answer"
            : throw new InvalidOperationException("[random] Philox differs from its known answer: this build is broken");
    }

    /// <summary>Writes digits to Parquet, reads them back and decodes one.</summary>
    private static string Tables()
    {
        string folder = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"yarndl-doctor-{Environment.ProcessId}.d"));
        Directory.CreateDirectory(folder);
        try
        {
            using EmbeddedLake lake = new();
            TableSource table = new() { Format = "parquet", Paths = [Path.Combine(folder, "digits.parquet")] };
            DigitTable.Write(lake, table, WriteMode.Create, 1, 0, 10);
            ColumnBatch batch = lake.Read(table, new ReadRequest(["png"])).Single();
            ImageFeature image = Feature.Image("png").Grayscale().Resize(28, 28);
            byte[] pixels = new byte[DigitDrawing.Size * DigitDrawing.Size * sizeof(float)];
            return image.Bind(batch.Schema, null).Encode(batch, 0, pixels) is { } bad
                ? throw new InvalidOperationException($"[images] {bad.Reason}")
                : "Parquet written and read, an image decoded";
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
