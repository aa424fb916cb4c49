using YarnDL.Data.Features;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Series;

/// <summary>The values of the column that orders a series, as whole numbers whose order and differences are the values'.</summary>
internal sealed class SeriesOrder
{
    /// <summary>Fractions are kept to 2^-40; numbers beyond 2^80 have no place.</summary>
    private const int FractionBits = 40;

    private readonly int _position;
    private readonly bool _isFloat;
    private readonly int _scale;

    /// <exception cref="DataException">The column is missing, or holds no numbers, dates or times.</exception>
    public SeriesOrder(Schema schema, string column)
    {
        _position = schema.IndexOf(column);
        var field = schema.Fields[_position];
        if (!NumericReader.IsNumber(field.Type) && field.Type is not (ColumnType.Date or ColumnType.Timestamp or ColumnType.Time))
        {
            throw new DataException(DataFault.Input, $"[series] column '{column}' is {NumericReader.TypeName(field)}; a series is ordered by a number, date, time or timestamp; cast it");
        }

        _isFloat = field.Type is ColumnType.Float32 or ColumnType.Float64;
        _scale = field.Type == ColumnType.Decimal ? field.Scale : 0;
        PerUnit = _isFloat ? 1L << FractionBits : field.Type is ColumnType.Timestamp or ColumnType.Time ? 1_000_000 : (double)System.Numerics.BigInteger.Pow(10, _scale);
    }

    /// <summary>Whole numbers per unit of a gap: seconds for times, days for dates, else the column's own.</summary>
    public double PerUnit { get; }

    /// <summary>The place of a row, or false when it has none: null, NaN or infinite.</summary>
    public bool TryRead(ColumnBatch batch, int row, out Int128 order)
    {
        var column = batch.Columns[_position];
        order = 0;
        if (column.IsNull(row))
        {
            return false;
        }

        if (_isFloat)
        {
            double x = NumericReader.Double(column, row) * (1L << FractionBits);
            bool fits = Math.Abs(x) < 1e36;
            order = fits ? (Int128)x : 0;
            return fits;
        }

        if (_scale > 0)
        {
            order = column.As<Int128>()[row];
            return true;
        }

        return NumericReader.TryInteger(column, row, out order);
    }
}
