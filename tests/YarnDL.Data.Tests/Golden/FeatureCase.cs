using System.Runtime.InteropServices;
using System.Text.Json;
using YarnDL.Data.Encoding;
using YarnDL.Data.Features;
using YarnDL.Data.Rows;
using static YarnDL.Data.Tests.Encoding.TestBatches;

namespace YarnDL.Data.Tests.Golden;

/// <summary>Features over columns that come from reference files.</summary>
internal static class FeatureCase
{
    /// <summary>The fitted feature of all rows.</summary>
    internal static FittedFeatures Fit(ColumnBatch batch, Feature feature)
    {
        var list = new FeatureList(feature);
        var fit = new FitPartial(list, batch.Schema, new RowSides(new RowIdHasher(batch.Schema, list.Columns), new HashSplit(0), null));
        fit.Add(batch, 0, batch.Rows);
        return fit.Finish();
    }

    /// <summary>What the feature makes of each row, null where the row is bad.</summary>
    internal static List<T[]?> Encode<T>(FittedFeatures features, ColumnBatch batch) where T : unmanaged
    {
        using var encoder = features.Bind(batch.Schema);
        var bytes = new ByteBuffer();
        var rows = new List<T[]?>();
        for (int row = 0; row < batch.Rows; row++)
        {
            bytes.Clear();
            rows.Add(encoder.Encode(batch, row, bytes) is null ? MemoryMarshal.Cast<byte, T>(bytes.Written).ToArray() : null);
        }

        return rows;
    }

    internal static List<T[]?> FitAndEncode<T>(ColumnBatch batch, Feature feature) where T : unmanaged => Encode<T>(Fit(batch, feature), batch);

    internal static JsonElement Json(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return JsonDocument.Parse(stream).RootElement.Clone();
    }

    internal static double[] Doubles(JsonElement list) => [.. list.EnumerateArray().Select(Double)];

    internal static double Double(JsonElement e) => e.ValueKind == JsonValueKind.String ? double.Parse(e.GetString()!, System.Globalization.CultureInfo.InvariantCulture) : e.GetDouble();

    internal static string[] Strings(JsonElement list) => [.. list.EnumerateArray().Select(e => e.GetString()!)];

    /// <summary>The 300 rows of the adult sample that the reference transformers saw: text and number columns, null where '?'.</summary>
    internal static ColumnBatch Adult(GoldenIndex index, bool questionMarks = false)
    {
        JsonElement[] rows = [.. File.ReadLines(Path.Combine(index.Root, "tabular", "adult_sample.jsonl")).Where(l => l.Length > 0).Select(l => JsonDocument.Parse(l).RootElement.Clone())];
        List<Column> columns = [];
        foreach (var property in rows[0].EnumerateObject())
        {
            JsonElement[] values = [.. rows.Select(r => r.GetProperty(property.Name))];
            columns.Add(values.Any(v => v.ValueKind == JsonValueKind.String)
                ? Texts(property.Name, [.. values.Select(v => v.ValueKind == JsonValueKind.Null ? questionMarks ? "?" : null : v.GetString())])
                : Numbers<double>(property.Name, ColumnType.Float64, [.. values.Select(v => v.ValueKind == JsonValueKind.Null ? (double?)null : v.GetDouble())]));
        }

        return Batch([.. columns]);
    }

    /// <summary>The differing rows, or null.</summary>
    internal static string? Differ(IReadOnlyList<double> actual, IReadOnlyList<double> expected, double tolerance = 0)
    {
        if (actual.Count != expected.Count)
        {
            return $"{actual.Count} values, expected {expected.Count}";
        }

        for (int i = 0; i < actual.Count; i++)
        {
            if (!(Math.Abs(actual[i] - expected[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i]))))
            {
                return FormattableString.Invariant($"at {i}: {actual[i]}, expected {expected[i]}");
            }
        }

        return null;
    }

    /// <summary>Compares texts.</summary>
    internal static string? Differ(IReadOnlyList<string> actual, IReadOnlyList<string> expected) =>
        actual.SequenceEqual(expected) ? null : $"[{string.Join("|", actual)}], expected [{string.Join("|", expected)}]";
}
