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
            TableSource source = SourceOf(file, path, entry);
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

    private static TableSource SourceOf(string file, string path, JsonElement entry)
    {
        Dictionary<string, string> options = [];
        if (entry.TryGetProperty("dialect", out JsonElement dialect))
        {
            options["delimiter"] = dialect.GetProperty("sep").GetString()!;
            options["quote"] = dialect.GetProperty("quote").GetString()!;
            options["escape"] = dialect.GetProperty("escape").GetString()!;
            options["header"] = dialect.GetProperty("header").GetBoolean() ? "true" : "false";
            options["null"] = dialect.GetProperty("null").GetString()!;
            foreach (string name in new[] { "encoding", "decimal", "comment" })
            {
                if (dialect.TryGetProperty(name, out JsonElement value))
                {
                    options[name] = value.GetString() switch { "ISO-8859-1" => "latin-1", "UTF-16LE" => "utf-16", string other => other, null => "" };
                }
            }
        }
        else if (file == "text/spark.csv")
        {
            options["escape"] = "\\";
        }
        else if (file == "text/spark_gzip.csv.gz")
        {
            (options["delimiter"], options["null"], options["header"]) = ("\t", "\\N", "false");
        }

        string format = entry.GetProperty("format").GetString()! == "csv" ? "csv" : "json";
        if (file == "text/array.json")
        {
            options["layout"] = "array";
        }

        return new TableSource { Format = format, Paths = [path], Options = options, Columns = [.. Columns(file, entry)] };
    }

    private static IEnumerable<(string Name, string Type)> Columns(string file, JsonElement entry)
    {
        string? schema = entry.TryGetProperty("schema", out JsonElement value) ? value.GetString() : null;
        schema = file switch
        {
            "text/csv_empty.csv" => "a:string",
            "text/array.json" => "id:int,name:string,x:double,big:long,arr:array<int>,o:struct<a:int,b:array<string>>,ok:bool",
            _ => schema!.Contains(':') ? schema : schema.Replace(", ", ",").Replace(' ', ':'),
        };
        int depth = 0, start = 0;
        for (int i = 0; i <= schema.Length; i++)
        {
            depth += i < schema.Length ? schema[i] switch { '<' or '(' => 1, '>' or ')' => -1, _ => 0 } : 0;
            if (i == schema.Length || (schema[i] == ',' && depth == 0))
            {
                string[] pair = schema[start..i].Trim().Split(':', 2);
                yield return (pair[0], pair[1]);
                start = i + 1;
            }
        }
    }
}
