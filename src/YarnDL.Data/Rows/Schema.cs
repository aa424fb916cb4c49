namespace YarnDL.Data.Rows;

/// <summary>The columns of a table, in order.</summary>
public sealed record Schema(IReadOnlyList<Field> Fields)
{
    /// <summary>Position of the column; lookup ignores case, an exact match wins, two inexact matches are an error.</summary>
    /// <exception cref="DataException">Missing (the nearest name is told) or ambiguous.</exception>
    public int IndexOf(string name)
    {
        int exact = -1, inexact = -1, inexactMatches = 0;
        for (int i = 0; i < Fields.Count; i++)
        {
            if (Fields[i].Name == name)
            {
                if (exact >= 0)
                {
                    throw new DataException(DataFault.Input, $"[column] '{name}' is the name of columns {exact} and {i} (counted from 0); a column name must be unique; rename one in the source");
                }

                exact = i;
            }
            else if (string.Equals(Fields[i].Name, name, StringComparison.OrdinalIgnoreCase))
            {
                (inexact, inexactMatches) = (inexactMatches == 0 ? i : inexact, inexactMatches + 1);
            }
        }

        if (exact >= 0)
        {
            return exact;
        }

        if (inexactMatches > 1)
        {
            throw new DataException(DataFault.Input, $"[column] '{name}' matches {inexactMatches} columns of {this} that differ in case; spell it exactly");
        }

        if (inexactMatches == 1)
        {
            return inexact;
        }

        string[] names = new string[Fields.Count];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = Fields[i].Name;
        }

        string hint = Spelling.Nearest(name, names) is { } near ? $"did you mean '{near}'?" : "use one of these names";
        throw new DataException(DataFault.Input, $"[column] '{name}' is not among the columns {ToString()}; the source must have it; {hint}");
    }

    /// <summary>Whether the columns have the same names and types, nested ones too.</summary>
    public bool SameAs(Schema other) => Same(Fields, other.Fields);

    private static bool Same(IReadOnlyList<Field> one, IReadOnlyList<Field> other)
    {
        if (one.Count != other.Count)
        {
            return false;
        }

        for (int i = 0; i < one.Count; i++)
        {
            if (one[i] with { Children = null } != other[i] with { Children = null } || !Same(one[i].Children ?? [], other[i].Children ?? []))
            {
                return false;
            }
        }

        return true;
    }

    public override string ToString() => Fields.Count <= 40
        ? $"({string.Join(", ", Fields)})"
        : $"({string.Join(", ", Fields.Take(40))}, and {Fields.Count - 40} more)";
}
