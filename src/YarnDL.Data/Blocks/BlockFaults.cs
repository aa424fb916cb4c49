namespace YarnDL.Data.Blocks;

/// <summary>The messages of refused block files, in one place.</summary>
internal static class BlockFaults
{
    public static DataException Damaged(string file, long offset, string field, string seen, Exception? inner = null) =>
        new(DataFault.Input, $"[blocks] {file}, offset {offset}: {field} {seen}; the file is damaged; delete the staging folder so that the rows are encoded again", inner);

    public static DataException Stale(string file, string field, string seen, string expected) =>
        new(DataFault.Input, $"[blocks] {file} is stale: its {field} is {seen}, the manifest's is {expected}; it belongs to another encoding; delete the staging folder so that the rows are encoded again");

    public static DataException Manifest(string file, string seen, Exception? inner = null) =>
        new(DataFault.Input, $"[blocks] {file}: {seen}; the manifest is damaged; delete the staging folder so that the rows are encoded again", inner);
}
