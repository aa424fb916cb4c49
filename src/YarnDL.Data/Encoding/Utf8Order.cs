namespace YarnDL.Data.Encoding;

/// <summary>The one order of texts in results: by their UTF-8 bytes (which differs from .NET's ordinal order beyond U+FFFF).</summary>
public static class Utf8Order
{
    /// <summary>Negative, zero or positive as a comes before, equals or follows b.</summary>
    public static int Compare(string? a, string? b)
    {
        if (a is null || b is null)
        {
            return a is null ? (b is null ? 0 : -1) : 1;
        }

        int n = Math.Min(a.Length, b.Length);
        for (int i = 0; i < n; i++)
        {
            if (a[i] != b[i])
            {
                return Rank(a[i]).CompareTo(Rank(b[i]));
            }
        }

        return a.Length.CompareTo(b.Length);
    }

    /// <summary>Surrogates stand for code points above all others.</summary>
    private static int Rank(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
}
