using System.Text.Json;
using YarnDL.Data.Lakes;

namespace YarnDL.Data.Tests.Golden;

/// <summary>Entries of the list as sources of a lake.</summary>
internal static class GoldenSources
{
    /// <summary>A CSV or JSON file with its declared columns and options.</summary>
    internal static TableSource Text(string file, string path, JsonElement entry)
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
