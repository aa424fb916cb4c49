using YarnDL.Data.Features;

namespace YarnDL;

/// <summary>Rows with the features and labels made of them.</summary>
public sealed record SelectedRows(LakeRows Rows, FeatureList Features);
