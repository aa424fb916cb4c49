using System.Globalization;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Features;

/// <summary>Values as short text, for messages and bad-row records.</summary>
public static class RawText
{
    /// <summary>At most <see cref="BadValue.LongestRaw"/> characters; null for null. Control characters become spaces.</summary>
    public static string? Of(Column column, int row)
    {
        if (column.IsNull(row))
        {
            return null;
        }

        return column.Field.Type switch
        {
            ColumnType.Text => Text(column.Bytes(row)),
            ColumnType.Binary => Binary(column.Bytes(row)),
            ColumnType.Bool => column.Values[row] != 0 ? "true" : "false",
            ColumnType.Float32 => column.As<float>()[row].ToString("R", CultureInfo.InvariantCulture),
            ColumnType.Float64 => column.As<double>()[row].ToString("R", CultureInfo.InvariantCulture),
            ColumnType.Decimal => string.Create(CultureInfo.InvariantCulture, $"{column.As<Int128>()[row]}e-{column.Field.Scale}"),
            ColumnType.List or ColumnType.Map => string.Create(CultureInfo.InvariantCulture, $"{column.Offsets[row + 1] - column.Offsets[row]} elements"),
            ColumnType.Struct => "struct",
            _ => NumericReader.TryInteger(column, row, out Int128 value) ? value.ToString(CultureInfo.InvariantCulture) : column.Field.Type.ToString(),
        };
    }

    private static string Text(ReadOnlySpan<byte> utf8)
    {
        string text = System.Text.Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, 4 * BadValue.LongestRaw)]);
        var shown = new char[Math.Min(text.Length, BadValue.LongestRaw)];
        for (int i = 0; i < shown.Length; i++)
        {
            shown[i] = char.IsControl(text[i]) ? ' ' : text[i];
        }

        return new string(shown);
    }

    private static string Binary(ReadOnlySpan<byte> bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{bytes.Length} bytes: {Convert.ToHexStringLower(bytes[..Math.Min(32, bytes.Length)])}{(bytes.Length > 32 ? "..." : "")}");
}
