using System.Text.Json.Nodes;
using YarnDL.Data.Encoding;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Features;

/// <summary>How often each text (or integer, as text) stands in a column.</summary>
internal class VocabularyFit(string feature, int position, VocabularyRule rule) : FeatureFit
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    public override void Add(ColumnBatch batch, int row)
    {
        if (Words.TryRead(batch.Columns[position], row, out string? word))
        {
            Count(word);
        }
    }

    protected void Count(string word) => System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_counts, word, out _)++;

    public override JsonNode Partial()
    {
        var partial = new JsonObject();
        foreach (string word in Sorted(VocabularyOrder.Bytes))
        {
            partial.Add(word, _counts[word]);
        }

        return partial;
    }

    public override void Merge(JsonNode partial)
    {
        try
        {
            foreach (var (word, count) in partial.AsObject())
            {
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_counts, word, out _) += count!.GetValue<long>();
            }
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or NullReferenceException or ArgumentException)
        {
            throw new DataException(DataFault.Input, $"[{feature}] a partial vocabulary is malformed: {e.Message}", e);
        }
    }

    public override JsonNode Finish()
    {
        string[] words = [.. Sorted(rule.Order).Where(w => _counts[w] >= rule.MinCount).Skip(rule.SkipFirst)];
        if (words.Length == 0)
        {
            throw new DataException(DataFault.Input, $"[{feature}] no training row has a value{(_counts.Count == 0 ? "" : $" that the vocabulary keeps, of {_counts.Count} different ones")}; a vocabulary needs at least one");
        }

        var values = new JsonArray();
        for (int i = 0; i < Math.Min(rule.Most, words.Length); i++)
        {
            values.Add(JsonValue.Create(words[i]));
        }

        return new JsonObject { ["values"] = values };
    }

    private string[] Sorted(VocabularyOrder by)
    {
        string[] words = [.. _counts.Keys];
        Array.Sort(words, (a, b) =>
        {
            int byCount = by switch { VocabularyOrder.Frequency => _counts[b].CompareTo(_counts[a]), VocabularyOrder.RisingFrequency => _counts[a].CompareTo(_counts[b]), _ => 0 };
            return byCount != 0 ? byCount : by == VocabularyOrder.FallingBytes ? Utf8Order.Compare(b, a) : Utf8Order.Compare(a, b);
        });
        return words;
    }
}
