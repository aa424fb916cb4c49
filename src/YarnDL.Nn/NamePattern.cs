namespace YarnDL.Nn;

/// <summary>Names with * for any text; a name without * also means everything under it.</summary>
public static class NamePattern
{
    /// <summary>True when the name is meant by the pattern.</summary>
    public static bool Fits(string pattern, string name)
    {
        string[] parts = pattern.Split('*');
        if (parts.Length == 1)
        {
            return name == pattern || name.StartsWith(pattern + ".", StringComparison.Ordinal);
        }

        int at = parts[0].Length;
        if (!name.StartsWith(parts[0], StringComparison.Ordinal))
        {
            return false;
        }

        foreach (string part in parts[1..^1])
        {
            int found = name.IndexOf(part, at, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            at = found + part.Length;
        }

        return name.Length - at >= parts[^1].Length && name.EndsWith(parts[^1], StringComparison.Ordinal);
    }
}
