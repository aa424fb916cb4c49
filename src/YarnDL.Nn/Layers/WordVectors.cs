using System.Globalization;

namespace YarnDL.Nn;

/// <summary>Pre-trained word vectors as text, one word a line with its numbers, as GloVe and word2vec write them.</summary>
public static class WordVectors
{
    /// <summary>An embedding (words, width) with the vector of each word that the text has; other words get zeros and learn like them.</summary>
    /// <param name="text">The vectors; a first line with two integers is skipped.</param>
    /// <param name="words">The vocabulary: word i has number i.</param>
    /// <param name="frozen">The vectors stay as they are.</param>
    /// <param name="padding">The entry that is padding; null: none.</param>
    /// <exception cref="FormatException">A line has another number of numbers than the first, or one is malformed.</exception>
    public static Embedding Read(TextReader text, IReadOnlyList<string> words, bool frozen = true, long? padding = null)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < words.Count; i++)
        {
            places.TryAdd(words[i], i);
        }

        float[]? table = null;
        int width = 0;
        for (int line = 1; text.ReadLine() is { } s; line++)
        {
            string[] parts = s.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length < 2 || (line == 1 && parts.Length == 2))
            {
                continue;
            }

            width = width == 0 ? parts.Length - 1 : width;
            table ??= new float[words.Count * (long)width];
            if (parts.Length - 1 != width)
            {
                throw new FormatException($"[word vectors] line {line} has {parts.Length - 1} numbers, the first has {width}; every word has as many");
            }

            if (!places.TryGetValue(parts[0], out int place))
            {
                continue;
            }

            for (int i = 0; i < width; i++)
            {
                table[(place * (long)width) + i] = float.TryParse(parts[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out float v) && float.IsFinite(v) ? v
                    : throw new FormatException($"[word vectors] line {line}: \"{parts[i + 1]}\" is no number");
            }
        }

        return table is null ? throw new FormatException("[word vectors] the text holds no vector; a line is a word and its numbers")
            : new Embedding(words.Count, width, padding) { Weight = Initialiser.Copy(table), Frozen = frozen };
    }
}
