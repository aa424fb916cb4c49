using YarnDL.Data.Lakes;

namespace YarnDL.Data.Tests.Golden;

public sealed class Golden_data_parquet
{
    /// <summary>Files that are refused, and a part of the message that must name the reason.</summary>
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["parquet/enc_byte_stream_split.parquet"] = "BYTE_STREAM_SPLIT encoding is only supported for FLOAT or DOUBLE",
        ["parquet/decimal256.parquet"] = "column 'd50' is a decimal of 50 digits",
        ["parquet/spark_lz4.parquet"] = "Unsupported compression codec \"LZ4\"",
        ["parquet/spark_rebase_legacy.parquet"] = "hybrid calendar",
    };

    [Fact]
    public void Parquet_files_are_read_bit_exact_or_refused_by_name()
    {
        GoldenIndex index = new();
        GoldenSuite suite = new("golden data parquet");
        using EmbeddedLake lake = new();
        foreach (var (file, path, entry) in index.Of("parquet", "parquet", "parquet-directory"))
        {
            TableSource source = new() { Format = "parquet", Paths = [path] };
            if (file == "parquet/evolve")
            {
                source = source with { Options = new Dictionary<string, string> { ["missing"] = "null" } };
            }

            if (Refused.TryGetValue(file, out string? reason))
            {
                suite.Run(file, () =>
                {
                    DataException e = Assert.Throws<DataException>(() => lake.Read(source, new ReadRequest()).Count());
                    return e.Fault == DataFault.Input && e.Message.Contains(reason) && e.Message.Contains(path) ? null : e.Message;
                });
                continue;
            }

            string? sort = entry.GetProperty("format").GetString() == "parquet-directory" || file.StartsWith("parquet/spark_") ? "id" : null;
            suite.Run(file, () => GoldenRows.Compare([.. lake.Read(source, new ReadRequest())], index.Expected(entry), sort));
        }

        suite.End();
    }
}
