using System.Text.Json.Nodes;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Features;

/// <summary>A <see cref="ColumnFit"/> for each column of a <see cref="NumericFeature"/>.</summary>
internal sealed class NumericFit(NumericFeature feature, int[] positions) : FeatureFit
{
    private readonly ColumnFit[] _columns = [.. positions.Select(_ => new ColumnFit(feature.Scale, feature.Fill))];

    public override void Add(ColumnBatch batch, int row)
    {
        for (int i = 0; i < positions.Length; i++)
        {
            if (feature.TryValue(batch.Columns[positions[i]], row, out double x))
            {
                _columns[i].Add(x);
            }
        }
    }

    public override JsonNode Partial() => new JsonArray([.. _columns.Select(c => c.Partial())]);

    public override void Merge(JsonNode partial)
    {
        var all = partial.AsArray();
        for (int i = 0; i < _columns.Length; i++)
        {
            _columns[i].Merge(all[i]!);
        }
    }

    public override JsonNode Finish() => ColumnFit.Finish(_columns, feature.Scale, feature.Fill, i =>
        new DataException(DataFault.Input, $"[numeric] column '{feature.Columns[i]}' has no number in any training row; a scale needs at least one; leave the column out or set fill"));
}
