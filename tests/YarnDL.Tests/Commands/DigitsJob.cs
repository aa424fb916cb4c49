using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;
using YarnDL.Digits;

namespace YarnDL.Tests.Commands;

/// <summary>A small table of digits with a job that trains on it, in a folder of its own.</summary>
public sealed class DigitsJob : IDisposable
{
    public DigitsJob(int rows = 300)
    {
        Directory.CreateDirectory(Folder);
        if (rows > 0)
        {
            using EmbeddedLake lake = new();
            DigitTable.Write(lake, Parquet("digits.parquet"), WriteMode.Create, 3, 0, rows);
        }

        File.WriteAllText(Job, $$"""
            version: 1
            name: few digits
            seed: 5
            data:
              train: {{Path.Combine(Folder, "digits.parquet")}}
              split: 0.2
            features:
              - {type: image, name: image, column: png, grayscale: true, resize: [28, 28], normalize: {mean: 0.14, std: 0.256} }
            label: {column: digit, classes: 10}
            model: {type: lenet5, activation: relu}
            loss: crossEntropy
            optimizer: {type: adam, learningRate: 0.003}
            train: {epochs: 2, batchSize: 32, threads: 1}
            metrics: [accuracy]
            output: {{Output}}
            score:
              input: {{Path.Combine(Folder, "digits.parquet")}}
              output: {{Path.Combine(Folder, "predictions")}}
              keep: [id]
            """);
    }

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "yarndl-tests-" + Path.GetRandomFileName());

    public string Job => Path.Combine(Folder, "job.yaml");

    public string Output => Path.Combine(Folder, "out");

    public TableSource Parquet(string name) => new() { Format = "parquet", Paths = [Path.Combine(Folder, name)] };

    /// <summary>Puts another table in place of the digits.</summary>
    public void WriteTable(ColumnBatch batch)
    {
        using EmbeddedLake lake = new();
        using ITableWriter writer = lake.Write(Parquet("digits.parquet"), batch.Schema, WriteMode.Overwrite);
        writer.Write(batch);
        writer.Commit();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
