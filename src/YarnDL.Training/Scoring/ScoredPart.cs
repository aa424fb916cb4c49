using YarnDL.Data.Encoding;
using YarnDL.Data.Rows;

namespace YarnDL.Training.Scoring;

/// <summary>What some rows became.</summary>
/// <param name="Read">Rows that came.</param>
/// <param name="Scored">Rows with predictions.</param>
/// <param name="Dropped">Bad rows that were left out.</param>
/// <param name="Bad">Bad rows that are set aside.</param>
/// <param name="Predictions">Kept columns and predictions of the other rows, in their order; null where there are none, or where they went elsewhere.</param>
internal sealed record ScoredPart(long Read, long Scored, long Dropped, IReadOnlyList<BadRow> Bad, ColumnBatch? Predictions);
