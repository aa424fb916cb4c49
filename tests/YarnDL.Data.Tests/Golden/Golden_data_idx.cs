using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Tests.Golden;

public sealed class Golden_data_idx
{
    [Fact]
    public void Idx_files_are_read_bit_exact()
    {
        GoldenIndex index = new();
        GoldenSuite suite = new("golden data idx");
        using EmbeddedLake lake = new();
        foreach (var (file, path, entry) in index.Of("idx", "idx"))
        {
            suite.Run(file, () =>
            {
                MemoryStream values = new();
                int rows = 0;
                foreach (ColumnBatch batch in lake.Read(new TableSource { Format = "idx", Paths = [path] }, new ReadRequest()))
                {
                    values.Write(batch.Columns[0].Children.Length > 0 ? batch.Columns[0].Children[0].Values : batch.Columns[0].Values);
                    rows += batch.Rows;
                }

                byte[] npy = File.ReadAllBytes(Path.Combine(index.Root, entry.GetProperty("expected").GetString()!));
                byte[] expected = npy[(10 + BitConverter.ToUInt16(npy, 8))..];
                return rows != entry.GetProperty("rows").GetInt32() ? $"{rows} rows" : values.ToArray().AsSpan().SequenceEqual(expected) ? null : "the values differ";
            });
        }

        suite.End();
    }

    [Fact]
    public void Damaged_idx_files_are_refused_naming_the_file()
    {
        GoldenIndex index = new();
        GoldenSuite suite = new("golden data bad idx");
        using EmbeddedLake lake = new();
        foreach (var (file, path, entry) in index.Of("bad/idx", "idx"))
        {
            bool pair = file.EndsWith("images_labels_differ.idx", StringComparison.Ordinal);
            string[] paths = pair ? [Path.Combine(index.Root, "idx/images-idx3-ubyte.gz"), path] : [path];
            suite.Run(file, () => Refusal.Check(entry, path, () => lake.Read(new TableSource { Format = "idx", Paths = paths }, new ReadRequest()).Sum(static b => b.Rows)));
        }

        suite.End();
    }
}
