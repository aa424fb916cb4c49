namespace YarnDL.Training.Steps;

/// <summary>
/// A table whose gradient is sent as the rows that a step touches: the graph outputs that hold the row numbers and the gradients of the looked-up lines.
/// </summary>
/// <param name="Ids">Graph output with row numbers, int64 or int32 (N, ...).</param>
/// <param name="Values">Graph output with lines (N, ..., width).</param>
/// <param name="Parameter">Name of the table.</param>
/// <param name="Offset">Its place in the flat parameter vector.</param>
/// <param name="Entries">Rows of the table.</param>
/// <param name="Width">Elements of a row.</param>
/// <param name="Padding">The row that never learns; negative: none.</param>
/// <param name="PerOccurrence">Divide a row's lines by their number in the shard.</param>
public sealed record RowOutput(string Ids, string Values, string Parameter, long Offset, long Entries, long Width, long Padding, bool PerOccurrence);
