namespace YarnDL.Data.Rows;

/// <summary>Nearest names, for messages.</summary>
public static class Spelling
{
    /// <summary>The candidate with the fewest edits (case apart), the first of equals; null when none is within a third of the length (at least two edits, one for names below four letters).</summary>
    public static string? Nearest(string name, IReadOnlyList<string> candidates)
    {
        string? best = null;
        int least = (name.Length < 4 ? 1 : Math.Max(2, name.Length / 3)) + 1;
        foreach (string candidate in candidates)
        {
            int edits = Edits(name.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (edits < least)
            {
                (best, least) = (candidate, edits);
            }
        }

        return best;
    }

    private static int Edits(string a, string b)
    {
        int[] above = new int[b.Length + 1], row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            above[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int change = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(change, Math.Min(above[j], row[j - 1]) + 1);
            }

            (above, row) = (row, above);
        }

        return above[b.Length];
    }
}
