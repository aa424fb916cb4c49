using YarnDL.Data.Rows;

namespace YarnDL.Data.Features;

/// <summary>How often each token stands in a text column.</summary>
internal sealed class TokenFit(string feature, int position, VocabularyRule rule, Tokenizer tokenizer) : VocabularyFit(feature, position, rule)
{
    private readonly int _position = position;

    public override void Add(ColumnBatch batch, int row)
    {
        if (Words.TryRead(batch.Columns[_position], row, out string text))
        {
            foreach (string token in tokenizer.Tokens(text))
            {
                Count(token);
            }
        }
    }
}
