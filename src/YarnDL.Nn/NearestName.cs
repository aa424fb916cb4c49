namespace YarnDL.Nn;

/// <summary>Finds the known name a mistyped one was probably meant to be.</summary>
public static class NearestName
{
    /// <summary>The known name with the smallest edit distance, when it is small enough to be a slip (at most a third of the length, at least 2); else null.</summary>
    public static string? Of(string typed, IEnumerable<string> known)
    {
        string? best = null;
        int least = Math.Max(2, typed.Length / 3) + 1;
        foreach (string name in known.Order(StringComparer.Ordinal))
        {
            int d = Distance(typed.ToLowerInvariant(), name.ToLowerInvariant());
            if (d < least)
            {
                (best, least) = (name, d);
            }
        }

        return best;
    }

    /// <summary>"; did you mean X?" or "; known: A, B, C".</summary>
    public static string Hint(string typed, IReadOnlyCollection<string> known) =>
        Of(typed, known) is { } near ? $"did you mean {near}?" : $"known: {string.Join(", ", known)}";

    /// <summary>Fewest insertions, deletions, replacements and swaps of neighbours that turn one into the other.</summary>
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }

                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
