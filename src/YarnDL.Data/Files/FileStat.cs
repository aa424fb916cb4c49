namespace YarnDL.Data.Files;

/// <summary>A file or folder: full path, bytes, time of the last change.</summary>
public sealed record FileStat(string Path, bool IsFolder, long Bytes, DateTimeOffset Modified);
