using YarnDL.Data;

namespace YarnDL.Spark.Lakes;

/// <summary>The reader options of CSV, by the names a job uses, as Spark's; with the defaults of one machine, so that a job reads the same rows.</summary>
internal static class SparkCsv
{
    /// <exception cref="DataException">Spark has no such option.</exception>
    public static IReadOnlyDictionary<string, string> Options(IReadOnlyDictionary<string, string> job)
    {
        SortedDictionary<string, string> spark = new(StringComparer.Ordinal)
        {
            ["header"] = "true",
            ["sep"] = ",",
            ["quote"] = "\"",
            ["escape"] = "\"",
            ["nullValue"] = "",
            ["emptyValue"] = "",
            ["multiLine"] = "true",
            ["mode"] = "FAILFAST",
            ["enforceSchema"] = "false",
        };
        foreach ((string name, string value) in job)
        {
            spark[name switch
            {
                "delimiter" => "sep",
                "null" => "nullValue",
                "header" or "quote" or "escape" or "encoding" or "comment" or "compression" or "dateFormat" or "timestampFormat" => name,
                _ => throw new DataException(DataFault.Job, $"[lake] Spark's CSV reader has no option '{name}'; it must be one of header, delimiter, quote, escape, null, encoding, comment, compression, dateFormat, timestampFormat"),
            }] = name == "encoding" && value == "latin-1" ? "ISO-8859-1" : value;
        }

        if (spark["nullValue"].Length == 0)
        {
            // Spark would take a quoted empty field for this null too; with a text that no field holds only unquoted ones are null.
            spark["nullValue"] = "\u0001";
        }

        return spark;
    }
}
