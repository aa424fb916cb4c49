using System.Globalization;
using System.Text;

namespace YarnDL.Data.Features;

/// <summary>Unicode's full lower casing without regard to a language: simple mappings, the dotted capital I as i with a dot, capital sigma at a word's end as ς.</summary>
internal static class LowerCase
{
    private const char CapitalSigma = 'Σ';
    private const char DottedCapitalI = 'İ';

    public static string Of(string text)
    {
        string lower = text.ToLowerInvariant();
        if (!text.AsSpan().ContainsAny(CapitalSigma, DottedCapitalI))
        {
            return lower;
        }

        var result = new StringBuilder(lower.Length + 8);
        for (int i = 0; i < text.Length; i++)
        {
            _ = text[i] switch
            {
                DottedCapitalI => result.Append("i̇"),
                CapitalSigma => result.Append(EndsWord(text, i) ? 'ς' : 'σ'),
                _ => result.Append(lower[i]),
            };
        }

        return result.ToString();
    }

    /// <summary>A cased letter before and none after, characters that casing passes over left out.</summary>
    private static bool EndsWord(string text, int at) => NextIsCased(text, at, -1) && !NextIsCased(text, at, 1);

    private static bool NextIsCased(string text, int at, int step)
    {
        for (int i = at + step; i >= 0 && i < text.Length; i += step)
        {
            var category = char.IsSurrogate(text[i]) && step < 0 && i > 0 ? CharUnicodeInfo.GetUnicodeCategory(text, i - 1) : CharUnicodeInfo.GetUnicodeCategory(text, i);
            if (category is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter)
            {
                return true;
            }

            bool passedOver = text[i] is '\'' or '.' or ':' or '·' or '’' || char.IsSurrogate(text[i]) || category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;
            if (!passedOver)
            {
                return false;
            }
        }

        return false;
    }
}
