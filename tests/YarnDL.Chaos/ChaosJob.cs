using YarnDL.Data.Lakes;
using YarnDL.Digits;

namespace YarnDL.Chaos;

/// <summary>The small job that is disturbed: 2,000 digits, LeNet-5, checkpoints every few steps.</summary>
internal static class ChaosJob
{
    /// <summary>Writes table and job file; returns the job's path.</summary>
    public static string Write(string folder)
    {
        using (EmbeddedLake lake = new())
        {
            TableSource table = new() { Format = "parquet", Paths = [Path.Combine(folder, "digits.parquet")] };
            DigitTable.Write(lake, table, WriteMode.Create, 3, 0, 2000);
        }

        string job = Path.Combine(folder, "job.yaml");
        File.WriteAllText(job, """
            version: 1
            name: chaos
            seed: 4
            data:
              train: digits.parquet
              split: 0.2
            features:
              - {column: png, type: image, grayscale: true, normalize: {mean: 0.1307, std: 0.3081}}
            label: {column: digit, classes: 10}
            model: {type: lenet5, classes: 10, activation: relu}
            loss: crossEntropy
            optimizer: {type: adam, learningRate: 0.002}
            train: {epochs: 8, batchSize: 128, shards: 4, threads: 1, checkpoint: {everySteps: 7}}
            metrics: [accuracy]
            output: out
            """);
        return job;
    }
}
