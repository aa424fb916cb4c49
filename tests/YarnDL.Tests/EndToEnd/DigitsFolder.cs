using System.Security.Cryptography;
using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;
using YarnDL.Digits;

namespace YarnDL.Tests.EndToEnd;

/// <summary>A small table of digits in every form that must give the same model, and the model's hash of an undisturbed run.</summary>
public sealed class DigitsFolder : IDisposable
{
    public const int Rows = 640;

    private readonly Lazy<string> _reference;

    public DigitsFolder()
    {
        Folder = Directory.CreateTempSubdirectory("yarndl-digits-").FullName;
        using EmbeddedLake lake = new();
        DigitTable.Write(lake, Parquet("one.parquet"), WriteMode.Create, 5, 0, Rows);
        Directory.CreateDirectory(Path.Combine(Folder, "many"));
        for (int i = 0; i < 5; i++)
        {
            DigitTable.Write(lake, Parquet($"many/part-{i}.parquet"), WriteMode.Create, 5, i * (Rows / 5), Rows / 5);
        }

        Column[] columns = [.. DigitTable.Rows(5, 0, Rows).Single().Columns];
        WriteReversed(lake, columns);
        WriteCsv(columns);
        File.WriteAllText(Path.Combine(Folder, "job.yaml"), Job);
        _reference = new Lazy<string>(() =>
        {
            (CliResult result, string hash) = Train("reference");
            Assert.True(result.Code == 0, result.All);
            return hash;
        });
    }

    public string Folder { get; }

    /// <summary>SHA-256 of weights.safetensors of the plain run: one thread, no workers, one Parquet file.</summary>
    public string Reference => _reference.Value;

    /// <summary>A run of the small job, its weights' hash, or the text of its failure.</summary>
    internal (CliResult Result, string Hash) Train(string output, params string[] more) => Train(output, new Dictionary<string, string>(), more);

    internal (CliResult Result, string Hash) Train(string output, IReadOnlyDictionary<string, string> environment, params string[] more)
    {
        CliResult r = Cli.Run(Folder, environment, ["train", "job.yaml", "--set", $"output={output}", .. more]);
        return (r, r.Code == 0 ? WeightsHash(output) : r.All);
    }

    internal string WeightsHash(string output) =>
        Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(Folder, output, "model", "weights.safetensors"))));

    public void Dispose() => Directory.Delete(Folder, true);

    private const string Job = """
        version: 1
        name: small-digits
        seed: 11
        data:
          train: one.parquet
          split: 0.2
        features:
          - {column: png, type: image, grayscale: true, normalize: {mean: 0.1307, std: 0.3081}}
        label: {column: digit, classes: 10}
        model: {type: lenet5, classes: 10, activation: relu}
        loss: crossEntropy
        optimizer: {type: adam, learningRate: 0.002}
        train: {epochs: 2, batchSize: 64, shards: 4, threads: 1, checkpoint: {everySteps: 3}}
        metrics: [accuracy]
        output: out
        """;

    private TableSource Parquet(string name) => new() { Format = "parquet", Paths = [Path.Combine(Folder, name)] };

    private void WriteReversed(EmbeddedLake lake, Column[] columns)
    {
        ColumnBuilder png = new(DigitTable.Schema.Fields[0]), digit = new(DigitTable.Schema.Fields[1]), id = new(DigitTable.Schema.Fields[2]);
        for (int r = Rows - 1; r >= 0; r--)
        {
            png.AppendBytes(columns[0].Bytes(r));
            digit.Append(columns[1].As<int>()[r]);
            id.Append(columns[2].As<long>()[r]);
        }

        using ITableWriter writer = lake.Write(Parquet("reversed.parquet"), DigitTable.Schema, WriteMode.Create);
        writer.Write(new ColumnBatch(DigitTable.Schema, Rows, [png.Build(), digit.Build(), id.Build()]));
        writer.Commit();
    }

    private void WriteCsv(Column[] columns)
    {
        using StreamWriter csv = new(Path.Combine(Folder, "digits.csv"));
        csv.NewLine = "\n";
        csv.WriteLine("png,digit,id");
        for (int r = 0; r < Rows; r++)
        {
            csv.WriteLine($"{Convert.ToBase64String(columns[0].Bytes(r))},{columns[1].As<int>()[r]},{columns[2].As<long>()[r]}");
        }
    }
}
