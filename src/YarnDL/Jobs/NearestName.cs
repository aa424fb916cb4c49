namespace YarnDL.Jobs;

/// <summary>Finds the name a user probably meant.</summary>
internal static class NearestName
{
    /// <summary>The candidate with the fewest edits (insert, delete, replace, swap of neighbours), ignoring case; null when none is close.</summary>
    public static string? Of(string seen, IEnumerable<string> candidates)
    {
        string? best = null;
        int least = int.MaxValue;
        foreach (string c in candidates)
        {
            int d = Edits(seen.ToLowerInvariant(), c.ToLowerInvariant());
            if (d < least)
            {
                (best, least) = (c, d);
            }
        }

        return best is not null && least <= Math.Max(2, Math.Min(seen.Length, best.Length) / 2) && least < Math.Max(seen.Length, best.Length) ? best : null;
    }

    /// <summary>", did you mean 'x'" or nothing.</summary>
    public static string Hint(string seen, IEnumerable<string> candidates) => Of(seen, candidates) is { } name ? $"; did you mean '{name}'?" : "";

    private static int Edits(string a, string b)
    {
        if (a.Length > 100 || b.Length > 100)
        {
            return int.MaxValue;
        }

        int[,] d = new int[a.Length + 1, b.Length + 1];
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
