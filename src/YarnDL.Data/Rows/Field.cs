namespace YarnDL.Data.Rows;

/// <summary>A column of a table, or a field of a struct. Lists have one child (element), maps two (key, value).</summary>
public sealed record Field(string Name, ColumnType Type, IReadOnlyList<Field>? Children = null, int Precision = 0, int Scale = 0)
{
    public override string ToString() => Type switch
    {
        ColumnType.Decimal => $"{Name}: decimal({Precision},{Scale})",
        ColumnType.List => $"{Name}: list<{Children![0].Type.ToString().ToLowerInvariant()}>",
        _ => $"{Name}: {Type.ToString().ToLowerInvariant()}",
    };
}
