namespace YarnDL.Training.Steps;

/// <summary>Patterns of parameter names.</summary>
internal static class NamePattern
{
    /// <summary>True for the name itself, for what lies in the module of that name, and where each * stands for some characters.</summary>
    public static bool Matches(string pattern, string name) => Glob(pattern, name) || Glob(pattern + ".*", name);

    private static bool Glob(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int star = pattern.IndexOf('*');
        if (star < 0)
        {
            return pattern.SequenceEqual(name);
        }

        if (!name.StartsWith(pattern[..star]))
        {
            return false;
        }

        ReadOnlySpan<char> rest = pattern[(star + 1)..];
        for (int at = star; at <= name.Length; at++)
        {
            if (Glob(rest, name[at..]))
            {
                return true;
            }
        }

        return false;
    }
}
