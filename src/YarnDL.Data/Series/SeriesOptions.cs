using System.Text.Json.Nodes;
using YarnDL.Data.Features;

namespace YarnDL.Data.Series;

/// <summary>
/// How windows are cut out of ordered rows: the i-th window of a stretch without gap is rows i·stride to i·stride + length - 1, its horizon the rows after a delay. Only whole
/// windows count, and none spans a gap or two groups.
/// </summary>
public sealed record SeriesOptions
{
    /// <summary>The column that orders the rows: a number, date, time or timestamp.</summary>
    public required string OrderBy { get; init; }

    /// <summary>Columns that tell series apart.</summary>
    public IReadOnlyList<string> Group { get; init; } = [];

    /// <summary>Rows in a window, 1 or more.</summary>
    public required int Length { get; init; }

    /// <summary>Rows after it that are to be foretold; 0 = none.</summary>
    public int Horizon { get; init; }

    /// <summary>Rows between the beginnings of two windows, 1 or more.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>Rows between a window and its horizon.</summary>
    public int Delay { get; init; }

    /// <summary>The largest distance of neighbours, in units of the column (seconds for times and timestamps, days for dates); more is a gap. Null = no gaps.</summary>
    public double? MaxGap { get; init; }

    /// <summary>As it is kept in features.json.</summary>
    public JsonObject ToJson() => new()
    {
        ["orderBy"] = OrderBy,
        ["group"] = new JsonArray([.. Group.Select(g => JsonValue.Create(g))]),
        ["length"] = Length,
        ["horizon"] = Horizon,
        ["stride"] = Stride,
        ["delay"] = Delay,
        ["maxGap"] = MaxGap,
    };

    /// <summary>Reads what <see cref="ToJson"/> wrote, or a job's section of the same keys.</summary>
    /// <exception cref="DataException">A key is missing, unknown or out of range.</exception>
    public static SeriesOptions Parse(JsonObject json)
    {
        var o = new FeatureOptions(new FeatureSpec("series", json));
        var options = new SeriesOptions
        {
            OrderBy = o.Text("orderBy"),
            Group = o.Texts("group") ?? [],
            Length = (int)(o.Integer("length", 1, 1 << 20) ?? throw o.Wrong("length", null, "the number of rows in a window")),
            Horizon = (int)(o.Integer("horizon", 0, 1 << 20) ?? 0),
            Stride = (int)(o.Integer("stride", 1, int.MaxValue) ?? 1),
            Delay = (int)(o.Integer("delay", 0, 1 << 20) ?? 0),
            MaxGap = o.Number("maxGap"),
        };
        o.Done();
        return options;
    }
}
