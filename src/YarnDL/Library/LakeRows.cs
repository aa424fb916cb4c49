using YarnDL.Data.Features;
using YarnDL.Data.Lakes;

namespace YarnDL;

/// <summary>Rows of a table: a source and a condition. Nothing is read before a training, a measurement or a scoring does.</summary>
public sealed record LakeRows(ILake Lake, TableSource Source, string? Filter = null)
{
    /// <summary>Only rows that meet an SQL condition; several conditions must all be met.</summary>
    public LakeRows Where(string condition) => this with { Filter = Filter is null ? condition : $"({Filter}) AND ({condition})" };

    /// <summary>What the model sees and what it learns to say.</summary>
    public SelectedRows Select(params IReadOnlyList<Feature> features) => new(this, new FeatureList(features));
}
