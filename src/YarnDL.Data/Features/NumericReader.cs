using YarnDL.Data.Encoding;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Features;

/// <summary>Reads numbers of any column type that holds numbers.</summary>
internal static class NumericReader
{
    public static bool IsInteger(ColumnType type) => type is >= ColumnType.Int8 and <= ColumnType.UInt64;

    public static bool IsNumber(ColumnType type) => type is >= ColumnType.Bool and <= ColumnType.Decimal;

    /// <summary>Refuses a column that holds no numbers.</summary>
    public static int Require(Schema schema, string column, string feature)
    {
        int i = schema.IndexOf(column);
        var field = schema.Fields[i];
        return IsNumber(field.Type)
            ? i
            : throw new DataException(DataFault.Input, $"[{feature}] column '{column}' is {TypeName(field)}; a number is needed; cast it, or use a feature for {TypeName(field)}");
    }

    public static string TypeName(Field field) => field.ToString() is { } s ? s[(s.LastIndexOf(": ", StringComparison.Ordinal) + 2)..] : "";

    /// <summary>Integers, dates and times as they are stored, and decimals without a fraction.</summary>
    public static bool TryInteger(Column column, int row, out Int128 value)
    {
        switch (column.Field.Type)
        {
            case ColumnType.Int8: value = column.As<sbyte>()[row]; return true;
            case ColumnType.Int16: value = column.As<short>()[row]; return true;
            case ColumnType.Int32 or ColumnType.Date: value = column.As<int>()[row]; return true;
            case ColumnType.Int64 or ColumnType.Timestamp or ColumnType.Time: value = column.As<long>()[row]; return true;
            case ColumnType.UInt8: value = column.As<byte>()[row]; return true;
            case ColumnType.UInt16: value = column.As<ushort>()[row]; return true;
            case ColumnType.UInt32: value = column.As<uint>()[row]; return true;
            case ColumnType.UInt64: value = column.As<ulong>()[row]; return true;
            case ColumnType.Bool: value = column.Values[row] != 0 ? 1 : 0; return true;
            case ColumnType.Decimal:
                value = column.As<Int128>()[row];
                for (int s = 0; s < column.Field.Scale; s++)
                {
                    if (value % 10 != 0)
                    {
                        return false;
                    }

                    value /= 10;
                }

                return true;
            default: value = 0; return false;
        }
    }

    /// <summary>The nearest float64; the row must not be null.</summary>
    public static double Double(Column column, int row)
    {
        switch (column.Field.Type)
        {
            case ColumnType.Float32: return CanonicalFloat.Of(column.As<float>()[row]);
            case ColumnType.Float64: return CanonicalFloat.Of(column.As<double>()[row]);
            case ColumnType.Decimal: return ExactSum.Ratio(column.As<Int128>()[row], System.Numerics.BigInteger.Pow(10, column.Field.Scale), 0);
            default:
                TryInteger(column, row, out Int128 value);
                return (double)value;
        }
    }
}
