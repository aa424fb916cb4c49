using YarnDL.Data.Blocks;
using YarnDL.Data.Files;

namespace YarnDL.Data.Encoding;

/// <summary>Stage 4: cuts sorted rows into block files.</summary>
public static class BlockCutter
{
    private const long RowsBetweenReports = 1 << 14;

    /// <summary>Writes all rows into a new folder.</summary>
    /// <param name="uniqueIds">True where a row key was named: an id that comes twice ends the job.</param>
    /// <param name="report">Told the rows written, now and then; may throw to stop.</param>
    /// <returns>The data hash, hexadecimal.</returns>
    /// <exception cref="DataException">Two rows have one key.</exception>
    public static string CutBlocks(SortedRows rows, IFileStore store, string folder, BlockPlan plan, IReadOnlyList<EncodedColumn> columns, string fingerprint, bool uniqueIds, Action<long>? report = null)
    {
        using var writer = new BlockWriter(store, folder, plan, columns, fingerprint);
        byte[] origin = [];
        long written = 0;
        while (rows.Next())
        {
            if (uniqueIds && rows.Ordinal > 0)
            {
                throw new DataException(DataFault.Input, $"[row key] two rows have one key: ({System.Text.Encoding.UTF8.GetString(origin)}) and ({System.Text.Encoding.UTF8.GetString(rows.Origin)}); a row key must be unique; add a column to rowKey, or remove one of the rows");
            }

            writer.Add(rows.Id, rows.Ordinal, rows.Row);
            if (uniqueIds)
            {
                origin = rows.Origin.ToArray();
            }

            if (++written % RowsBetweenReports == 0)
            {
                report?.Invoke(written);
            }
        }

        report?.Invoke(written);
        return writer.Finish();
    }
}
