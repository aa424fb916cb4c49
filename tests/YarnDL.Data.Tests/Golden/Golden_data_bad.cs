using YarnDL.Data.Lakes;

namespace YarnDL.Data.Tests.Golden;

public sealed class Golden_data_bad
{
    [Fact]
    public void Damaged_parquet_files_are_refused_naming_the_file_or_read_within_the_memory_limit()
    {
        GoldenIndex index = new();
        GoldenSuite suite = new("golden data bad parquet");
        using EmbeddedLake lake = new(new EmbeddedLakeOptions { MemoryBytes = 200L << 20, Threads = 1 });
        foreach (var (file, path, entry) in index.Of("bad/parquet", "parquet", "parquet-directory"))
        {
            if (file.EndsWith("page_crc_wrong.parquet", StringComparison.Ordinal))
            {
                suite.NotYet(file, "DuckDB does not verify page checksums");
                continue;
            }

            suite.Run(file, () => Refusal.Check(entry, path, () =>
            {
                long rows = 0;
                foreach (var batch in lake.Read(new TableSource { Format = "parquet", Paths = [path] }, new ReadRequest()))
                {
                    rows += batch.Rows;
                }

                Assert.True(!file.EndsWith("bomb_rows_40M.parquet", StringComparison.Ordinal) || rows == 40_000_000);
                return rows;
            }));
        }

        suite.End();
    }

    [Fact]
    public void Damaged_csv_and_json_files_are_refused_naming_the_file()
    {
        GoldenIndex index = new();
        GoldenSuite suite = new("golden data bad csv json");
        using EmbeddedLake lake = new(new EmbeddedLakeOptions { MemoryBytes = 200L << 20, Threads = 1 });
        Dictionary<string, (string, string)[]> columns = new()
        {
            ["csv_type.csv"] = [("id", "int"), ("x", "double")],
            ["csv_int_overflow.csv"] = [("id", "long")],
            ["jsonl_type_drift.jsonl"] = [("a", "int")],
            ["jsonl_deep.jsonl"] = [("a", "array<int>")],
            ["jsonl_nan.jsonl"] = [("a", "double")],
        };
        foreach (var (file, path, entry) in index.Of("bad/text", "text"))
        {
            string name = Path.GetFileName(file);
            string format = name.StartsWith("csv_", StringComparison.Ordinal) ? "csv" : name.StartsWith("jsonl_", StringComparison.Ordinal) ? "json" : "";
            if (format.Length == 0)
            {
                suite.NotYet(file, "no reader of this text format");
                continue;
            }

            (string, string)[] declared = columns.TryGetValue(name, out var given) ? given : format == "json" ? [("a", "string")] : [.. Header(path)];
            suite.Run(file, () => Refusal.Check(entry, path, () =>
                lake.Read(new TableSource { Format = format, Paths = [path], Columns = declared }, new ReadRequest()).Sum(static b => b.Rows)));
        }

        suite.End();
    }

    private static IEnumerable<(string, string)> Header(string path)
    {
        using Stream file = File.OpenRead(path);
        bool gzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        using StreamReader reader = new(gzip ? new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionMode.Decompress) : file);
        char[] line = new char[200];
        int read = reader.Read(line);
        return new string(line, 0, read).Split('\n')[0].Trim().Split(',').Distinct().Select(static n => (n.Length is 0 or > 20 ? "x" : n, "string"));
    }
}
