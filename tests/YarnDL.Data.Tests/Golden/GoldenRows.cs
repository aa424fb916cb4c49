using System.Globalization;
using System.Text.Json;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Tests.Golden;

/// <summary>Compares batches with expected rows, value by value and bit by bit.</summary>
internal static class GoldenRows
{
    /// <summary>What differs first, or null. With <paramref name="sortBy"/>, rows are compared in the order of that integer column.</summary>
    internal static string? Compare(IReadOnlyList<ColumnBatch> batches, IReadOnlyList<JsonElement> expected, string? sortBy = null)
    {
        List<(ColumnBatch Batch, int Row)> rows = [.. batches.SelectMany(static b => Enumerable.Range(0, b.Rows).Select(r => (b, r)))];
        if (sortBy is not null)
        {
            rows = [.. rows.OrderBy(r => Integer(r.Batch[sortBy], r.Row))];
            expected = [.. expected.OrderBy(e => e.GetProperty(sortBy).GetInt64())];
        }

        if (rows.Count != expected.Count)
        {
            return $"{rows.Count} rows, {expected.Count} expected";
        }

        for (int i = 0; i < rows.Count; i++)
        {
            (ColumnBatch batch, int row) = rows[i];
            JsonProperty[] properties = [.. expected[i].EnumerateObject()];
            if (properties.Length != batch.Columns.Count)
            {
                return $"{batch.Columns.Count} columns {batch.Schema}, {properties.Length} expected";
            }

            foreach (JsonProperty p in properties)
            {
                if (Differs(batch[p.Name], row, p.Value))
                {
                    return $"row {i}, column '{p.Name}': {Show(batch[p.Name], row)}, {p.Value.GetRawText()} expected";
                }
            }
        }

        return null;
    }

    internal static Int128 Integer(Column c, int row) => c.Field.Type switch
    {
        ColumnType.Int8 => c.As<sbyte>()[row],
        ColumnType.Int16 => c.As<short>()[row],
        ColumnType.Int32 => c.As<int>()[row],
        ColumnType.Int64 => c.As<long>()[row],
        ColumnType.UInt8 => c.As<byte>()[row],
        ColumnType.UInt16 => c.As<ushort>()[row],
        ColumnType.UInt32 => c.As<uint>()[row],
        ColumnType.UInt64 => c.As<ulong>()[row],
        _ => throw new InvalidOperationException($"{c.Field} is no integer"),
    };

    private static bool Differs(Column c, int row, JsonElement e)
    {
        if (e.ValueKind == JsonValueKind.Null || c.IsNull(row))
        {
            return e.ValueKind != JsonValueKind.Null || !c.IsNull(row);
        }

        switch (c.Field.Type)
        {
            case ColumnType.Float32:
                return BitConverter.SingleToInt32Bits(c.As<float>()[row]) != BitConverter.SingleToInt32Bits(float.Parse(Number(e), CultureInfo.InvariantCulture)) && !(float.IsNaN(c.As<float>()[row]) && Number(e) == "NaN");
            case ColumnType.Float64:
                return BitConverter.DoubleToInt64Bits(c.As<double>()[row]) != BitConverter.DoubleToInt64Bits(double.Parse(Number(e), CultureInfo.InvariantCulture)) && !(double.IsNaN(c.As<double>()[row]) && Number(e) == "NaN");
            case ColumnType.Struct:
                JsonProperty[] fields = [.. e.EnumerateObject()];
                return fields.Length != c.Children.Length || fields.Any(p => Differs(c.Children.Single(k => k.Field.Name == p.Name), row, p.Value));
            case ColumnType.List:
                JsonElement[] items = [.. e.EnumerateArray()];
                (int first, int count) = c.Elements(row).GetOffsetAndLength(int.MaxValue);
                return items.Length != count || Enumerable.Range(0, count).Any(i => Differs(c.Children[0], first + i, items[i]));
            case ColumnType.Map:
                JsonElement[] pairs = [.. e.EnumerateArray()];
                (int start, int size) = c.Elements(row).GetOffsetAndLength(int.MaxValue);
                return pairs.Length != size || pairs.Any(p => !Enumerable.Range(start, size).Any(i => !Differs(c.Children[0], i, p[0]) && !Differs(c.Children[1], i, p[1])));
            case ColumnType.Timestamp when c.Field.Name == "ts_ns" && e.GetString()!.TrimEnd('Z') is { Length: 29 } nanos && !nanos.EndsWith("000", StringComparison.Ordinal) && c.As<long>()[row] < 0:
                // DuckDB cuts zoned nanoseconds toward 1970, not down.
                return Stamp(c.As<long>()[row] - 1) != Text(c.Field.Type, e);
            default:
                return Show(c, row) != Text(c.Field.Type, e);
        }
    }

    private static string Number(JsonElement e) => e.ValueKind == JsonValueKind.String ? e.GetString()! : e.GetRawText();

    private static string Text(ColumnType type, JsonElement e)
    {
        string text = Number(e);
        // Nanosecond columns are read in microseconds.
        return type == ColumnType.Timestamp && text.TrimEnd('Z') is { } t ? t[..(t.LastIndexOf('.') + 7)] : type == ColumnType.Time ? text[..15] : text;
    }

    private static string Show(Column c, int row) => c.IsNull(row) ? "null" : c.Field.Type switch
    {
        ColumnType.Bool => c.As<byte>()[row] switch { 0 => "false", 1 => "true", byte b => $"bool {b}" },
        ColumnType.Float32 => c.As<float>()[row].ToString("R", CultureInfo.InvariantCulture),
        ColumnType.Float64 => c.As<double>()[row].ToString("R", CultureInfo.InvariantCulture),
        ColumnType.Decimal => Decimal(c.As<Int128>()[row], c.Field.Scale),
        ColumnType.Text => c.Text(row),
        ColumnType.Binary => Convert.ToBase64String(c.Bytes(row)),
        ColumnType.Date => Date(c.As<int>()[row]),
        ColumnType.Timestamp => Stamp(c.As<long>()[row]),
        ColumnType.Time => Clock(c.As<long>()[row]),
        ColumnType.List or ColumnType.Map or ColumnType.Struct => $"({c.Field})",
        _ => Integer(c, row).ToString(CultureInfo.InvariantCulture),
    };

    private static string Decimal(Int128 value, int scale)
    {
        string digits = Int128.Abs(value).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return (value < 0 ? "-" : "") + (scale == 0 ? digits : $"{digits[..^scale]}.{digits[^scale..]}");
    }

    private static string Stamp(long micros)
    {
        const long Day = 86_400_000_000;
        long day = micros >= 0 ? micros / Day : -((-micros + Day - 1) / Day);
        return $"{Date((int)day)}T{Clock(micros - (day * Day))}";
    }

    private static string Clock(long micros) => string.Create(CultureInfo.InvariantCulture,
        $"{micros / 3_600_000_000:00}:{micros / 60_000_000 % 60:00}:{micros / 1_000_000 % 60:00}.{micros % 1_000_000:000000}");

    private static string Date(int days) => DateOnly.FromDayNumber(days + DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
