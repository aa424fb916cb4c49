using System.Globalization;
using System.Text;

namespace YarnDL.Data.Features;

/// <summary>
/// Cuts a text into tokens. whitespace: between Unicode white space. letters: as whitespace, then only A to Z and a to z of each are kept. words: runs of letters, numbers
/// and underscores (Unicode). wordsAndSigns: runs of letters, runs of digits, and every other character that is no white space by itself.
/// </summary>
/// <param name="split">One of <see cref="Splits"/>.</param>
/// <param name="lower">Lower case first, by Unicode's full mapping.</param>
/// <param name="numbersAsLength">A token of digits alone becomes &lt;num3&gt;, with the number of its digits.</param>
public sealed class Tokenizer(string split = "words", bool lower = true, bool numbersAsLength = false)
{
    /// <summary>The ways to cut.</summary>
    public static IReadOnlyList<string> Splits { get; } = ["words", "whitespace", "letters", "wordsAndSigns"];

    private enum Kind
    {
        Space,
        Letter,
        Digit,
        Sign,
    }

    /// <summary>The tokens of a text, in order.</summary>
    public List<string> Tokens(string text)
    {
        var tokens = new List<string>();
        // What lower case adds to a letter is no letter of A to Z: these are picked first.
        bool onlyAscii = split == "letters";
        string cased = lower && !onlyAscii ? LowerCase.Of(text) : text;
        var token = new StringBuilder();
        Kind last = Kind.Space;
        foreach (Rune rune in cased.EnumerateRunes())
        {
            Kind kind = KindOf(rune);
            if (kind != last || kind == Kind.Sign)
            {
                Close(tokens, token);
            }

            if (onlyAscii && rune.IsAscii && char.IsAsciiLetter((char)rune.Value))
            {
                token.Append(lower ? (char)(rune.Value | 0x20) : (char)rune.Value);
            }
            else if (!onlyAscii && kind != Kind.Space)
            {
                token.Append(rune.ToString());
            }

            last = kind;
        }

        Close(tokens, token);
        return tokens;
    }

    /// <summary>A new token begins where the kind changes, and at every sign.</summary>
    private Kind KindOf(Rune rune)
    {
        bool space = Rune.IsWhiteSpace(rune) || rune.Value is >= 0x1C and <= 0x1F;
        switch (split)
        {
            case "whitespace" or "letters":
                return space ? Kind.Space : Kind.Letter;
            case "words":
                return Rune.IsLetter(rune) || Rune.IsNumber(rune) || rune.Value == '_' ? Kind.Letter : Kind.Space;
            default:
                return space ? Kind.Space : Rune.IsDigit(rune) ? Kind.Digit
                    : Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark ? Kind.Letter : Kind.Sign;
        }
    }

    private void Close(List<string> tokens, StringBuilder token)
    {
        if (token.Length == 0)
        {
            return;
        }

        string text = token.ToString();
        token.Clear();
        tokens.Add(numbersAsLength && DigitsOf(text) is > 0 and int digits ? string.Create(CultureInfo.InvariantCulture, $"<num{digits}>") : text);
    }

    /// <summary>Number of digits of a text of digits alone, else 0.</summary>
    private static int DigitsOf(string text)
    {
        int digits = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (!Rune.IsDigit(rune))
            {
                return 0;
            }

            digits++;
        }

        return digits;
    }
}
