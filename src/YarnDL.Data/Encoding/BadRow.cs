using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace YarnDL.Data.Encoding;

/// <summary>A row that could not be encoded: its id, the column, the reason, the value as short text, its key columns, and file and row where the source tells.</summary>
public sealed record BadRow(RowId Id, string Column, string Reason, string? Raw, IReadOnlyList<(string Column, string? Value)> Keys, string? File, long? Row) : IComparable<BadRow>
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>By id, then by what else is told, so that the record does not depend on the order of reading.</summary>
    public int CompareTo(BadRow? other) => other is null ? 1 : Id.CompareTo(other.Id) is not 0 and int byId ? byId : Utf8Order.Compare(ToJson(), other.ToJson());

    /// <summary>One line of the quarantine table.</summary>
    public string ToJson()
    {
        var keys = new JsonObject();
        foreach (var (column, value) in Keys)
        {
            keys[column] = value;
        }

        return new JsonObject { ["id"] = Id.ToString(), ["column"] = Column, ["reason"] = Reason, ["raw"] = Raw, ["keys"] = keys, ["file"] = File, ["row"] = Row }.ToJsonString(Plain);
    }

    /// <summary>As a message says it: <c>column 'png': cannot be decoded ... (digits.csv row 17, id = 8)</c>.</summary>
    public override string ToString()
    {
        var where = new List<string>();
        if (File is not null || Row is not null)
        {
            where.Add(FormattableString.Invariant($"{File} row {Row}").Trim());
        }

        foreach (var (column, value) in Keys)
        {
            where.Add($"{column} = {value ?? "null"}");
        }

        where.Add($"row id {Id}");
        return $"column '{Column}': {Reason} ({string.Join(", ", where)})";
    }
}
