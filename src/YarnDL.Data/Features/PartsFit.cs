using System.Text.Json.Nodes;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Features;

/// <summary>The fits of a feature's parts, side by side; null for a part that needs none.</summary>
internal sealed class PartsFit(string type, FeatureFit?[] fits) : FeatureFit
{
    public override void Add(ColumnBatch batch, int row)
    {
        foreach (var fit in fits)
        {
            fit?.Add(batch, row);
        }
    }

    public override JsonNode Partial() => new JsonArray([.. fits.Select(f => f?.Partial())]);

    public override void Merge(JsonNode partial)
    {
        if (partial is not JsonArray all || all.Count != fits.Length)
        {
            throw new DataException(DataFault.Input, $"[{type}] the partial fit has no entry for each of {fits.Length} parts; it is malformed");
        }

        for (int i = 0; i < fits.Length; i++)
        {
            fits[i]?.Merge(all[i] ?? throw new DataException(DataFault.Input, $"[{type}] the partial fit of part {i} is missing; it is malformed"));
        }
    }

    public override JsonNode Finish() => new JsonArray([.. fits.Select(f => f?.Finish())]);
}
