using YarnDL.Data.Rows;

namespace YarnDL.Data.Series;

/// <summary>The columns of windows: of each source column c the lists c and c.ahead, and c.last.</summary>
internal static class SeriesColumns
{
    public const string Ahead = ".ahead";
    public const string Last = ".last";

    /// <summary>All columns that windows over a source can have.</summary>
    public static Schema Of(Schema source, SeriesOptions options)
    {
        var fields = new List<Field>();
        foreach (var f in source.Fields)
        {
            fields.Add(new Field(f.Name, ColumnType.List, [f with { Name = "element" }]));
            if (options.Horizon > 0)
            {
                fields.Add(new Field(f.Name + Ahead, ColumnType.List, [f with { Name = "element" }]));
            }

            fields.Add(f with { Name = f.Name + Last });
        }

        return new Schema(fields);
    }

    /// <summary>The source column behind a column of windows, and which part of it is meant.</summary>
    public static (int Source, string Part) Find(Schema source, string name)
    {
        foreach (string part in (string[])[Ahead, Last])
        {
            if (name.EndsWith(part, StringComparison.OrdinalIgnoreCase) && !source.Fields.Any(f => string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase)))
            {
                return (source.IndexOf(name[..^part.Length]), part);
            }
        }

        return (source.IndexOf(name), "");
    }
}
