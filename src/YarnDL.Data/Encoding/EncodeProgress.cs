namespace YarnDL.Data.Encoding;

/// <summary>How far the encoding is: stage (fit, encode, cut) and rows done in it.</summary>
public sealed record EncodeProgress(string Stage, long Rows);
