using System.Text.Json;
using YarnDL.Data.Lakes;

namespace YarnDL.Data.Tests.Golden;

public sealed class Golden_data_text
{
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["text/spark_bzip2.jsonl.bz2"] = "bzip2",
        ["text/csv_bzip2.csv.bz2"] = "bzip2",
        ["text/csv_comments_blank.csv"] = "Line: 3",
        ["text/csv_ragged.csv"] = "Line: 3",
        ["text/csv_empty.csv"] = "is empty",
        ["text/lines_mixed.jsonl"] = "duplicate key",
    };

    [Fact]
    public void Csv_and_json_files_are_read_bit_exact_or_refused_by_name()
    {
        GoldenIndex index = new();
        GoldenSuite suite = new("golden data csv json");
        using EmbeddedLake lake = new();
        foreach (var (file, path, entry) in index.Of("text", "csv", "jsonl", "json-array"))
        {
            TableSource source = GoldenSources.Text(file, path, entry);
            if (Refused.TryGetValue(file, out string? reason))
            {
                suite.Run(file, () =>
                {
                    DataException e = Assert.Throws<DataException>(() => lake.Read(source, new ReadRequest()).Count());
                    return e.Fault == DataFault.Input && e.Message.Contains(reason) && e.Message.Contains(path) ? null : e.Message;
                });
                continue;
            }

            suite.Run(file, () => GoldenRows.Compare([.. lake.Read(source, new ReadRequest())], index.Expected(entry)));
        }

        foreach (var (file, _, entry) in index.Of("text", "libsvm", "ratings", "movies", "glove", "word2vec-text", "word2vec-bin", "hive-text"))
        {
            suite.NotYet(file, $"no reader of {entry.GetProperty("format").GetString()}");
        }

        suite.End();
    }
}
