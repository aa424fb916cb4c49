using System.Text.Json.Nodes;
using YarnDL.Data.Encoding;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Features;

/// <summary>
/// What a feature gathers of the training rows before it can encode: an exact, mergeable aggregate, so that any partitioning and any order give the same
/// result. Not thread-safe: one per thread.
/// </summary>
public abstract class FeatureFit
{
    /// <summary>Counts one row in; a value that could not be encoded is skipped.</summary>
    public abstract void Add(ColumnBatch batch, int row);

    /// <summary>The aggregate, to be sent to where it is merged.</summary>
    public abstract JsonNode Partial();

    /// <summary>Adds what another instance's <see cref="Partial"/> gave.</summary>
    /// <remarks>What reading malformed JSON throws may go through: <see cref="FitPartial"/> tells it with the feature's name.</remarks>
    public abstract void Merge(JsonNode partial);

    /// <summary>The fitted state, as it is kept in features.json.</summary>
    /// <exception cref="DataException">The rows allow no result.</exception>
    public abstract JsonNode Finish();
}
