using System.Text;
using YarnDL.Data;
using YarnDL.Data.Features;
using YarnDL.Data.Files;
using YarnDL.Data.Images;
using YarnDL.Data.Lakes;
using YarnDL.Digits;
using YarnDL.Jobs;
using YarnDL.ModelFiles;
using YarnDL.ModelFiles.Onnx;
using YarnDL.ModelFiles.Safetensors;
using YarnDL.Training.ModelDirectories;

namespace YarnDL.Fuzz;

/// <summary>Every reader of files, with sound files made by a tiny training run.</summary>
internal static class Targets
{
    public static List<Target> Make(string folder)
    {
        string job = WriteJob(folder);
        string before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(folder);
        TextWriter console = Console.Out;
        Console.SetOut(TextWriter.Null);

        int code = YarnDlHost.Run(["train", job]);
        Console.SetOut(console);
        Directory.SetCurrentDirectory(before);
        if (code != 0)
        {
            throw new InvalidOperationException($"the tiny training run ended with {code}");
        }

        string model = Path.Combine(folder, "out", "model");
        byte[] File(string name) => System.IO.File.ReadAllBytes(Path.Combine(model, name));
        LocalFileStore store = new();
        List<Target> targets =
        [
            new("safetensors", [File("weights.safetensors")], b => SafetensorsFile.Read(new MemoryStream(b), "fuzz"), typeof(ModelFileException)),
            new("onnx", [File("model.onnx")], b => OnnxReader.Read(new MemoryStream(b), "fuzz"), typeof(ModelFileException)),
            new("features.json", [File("features.json")], b => FittedFeatures.Parse(Encoding.UTF8.GetString(b), new FeatureRegistry()), typeof(DataException)),
            new("job file", [System.IO.File.ReadAllBytes(job)], b => JobFile.Parse(Encoding.UTF8.GetString(b), "fuzz.yaml", []), typeof(JobException)),
            new("image", [.. DigitTable.Rows(1, 0, 4).SelectMany(batch => Enumerable.Range(0, batch.Rows).Select(r => batch.Columns[0].Bytes(r).ToArray()))],
                b => ImageDecoder.Decode(b, 1 << 20, new PixelBuffer())),
        ];
        foreach (string name in Directory.GetFiles(model).Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal))
        {
            string damaged = Path.Combine(folder, "damaged-model");
            targets.Add(new($"model directory/{name}", [File(name)], b =>
            {
                Copy(model, damaged);
                System.IO.File.WriteAllBytes(Path.Combine(damaged, name), b);
                ModelDirectory.Open(store, damaged).ReadFeatures();
            }, typeof(ModelFileException), typeof(DataException)));
        }

        return targets;
    }

    private static string WriteJob(string folder)
    {
        using EmbeddedLake lake = new();
        DigitTable.Write(lake, new TableSource { Format = "parquet", Paths = [Path.Combine(folder, "digits.parquet")] }, WriteMode.Create, 3, 0, 128);
        string job = Path.Combine(folder, "job.yaml");
        System.IO.File.WriteAllText(job, """
            version: 1
            name: fuzz
            data: {train: digits.parquet}
            features:
              - {column: png, type: image, grayscale: true, resize: [8, 8]}
            label: {column: digit, classes: 10}
            model: {type: mlp, outputs: 10, hidden: [8]}
            loss: crossEntropy
            train: {epochs: 1, batchSize: 32}
            output: out
            """);
        return job;
    }

    private static void Copy(string from, string to)
    {
        if (Directory.Exists(to))
        {
            Directory.Delete(to, true);
        }

        Directory.CreateDirectory(to);
        foreach (string f in Directory.GetFiles(from))
        {
            System.IO.File.Copy(f, Path.Combine(to, Path.GetFileName(f)));
        }
    }
}
