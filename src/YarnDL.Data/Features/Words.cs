using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Features;

/// <summary>Words of a column and their numbers.</summary>
internal static class Words
{
    private static readonly System.Text.UTF8Encoding Strict = new(false, true);

    /// <summary>Refuses a column that holds neither text nor integers.</summary>
    public static int Require(Schema schema, string column, string feature)
    {
        int i = schema.IndexOf(column);
        var field = schema.Fields[i];
        return field.Type is ColumnType.Text or ColumnType.Bool || NumericReader.IsInteger(field.Type) || (field.Type == ColumnType.Decimal && field.Scale == 0)
            ? i
            : throw new DataException(DataFault.Input, $"[{feature}] column '{column}' is {NumericReader.TypeName(field)}; text or integers are needed; cast it");
    }

    /// <summary>The text, or the integer's digits; false for null and for bytes that are not UTF-8.</summary>
    public static bool TryRead(Column column, int row, out string word)
    {
        word = "";
        if (column.IsNull(row))
        {
            return false;
        }

        if (column.Field.Type != ColumnType.Text)
        {
            bool read = NumericReader.TryInteger(column, row, out Int128 value);
            word = value.ToString(CultureInfo.InvariantCulture);
            return read;
        }

        try
        {
            word = Strict.GetString(column.Bytes(row));
            return true;
        }
        catch (System.Text.DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>Numbers of the fitted (or given) words.</summary>
    /// <exception cref="DataException">The state is missing or malformed, or a word comes twice.</exception>
    public static Dictionary<string, long> Numbered(JsonNode? fitted, string feature)
    {
        if (fitted is not JsonObject || fitted["values"] is not JsonArray values)
        {
            throw new DataException(DataFault.Input, $"[{feature}] the fitted vocabulary is missing; fit the feature again");
        }

        var numbers = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var value in values)
        {
            if (value?.GetValueKind() != JsonValueKind.String || !numbers.TryAdd(value.GetValue<string>(), numbers.Count))
            {
                throw new DataException(DataFault.Input, $"[{feature}] the vocabulary holds {value?.ToJsonString() ?? "null"}; texts that differ are needed");
            }
        }

        return numbers;
    }
}
