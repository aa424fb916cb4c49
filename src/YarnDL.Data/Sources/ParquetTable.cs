using System.Globalization;
using YarnDL.Data.Lakes;
using YarnDL.Data.Lakes.DuckDb;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Sources;

/// <summary>Parquet files, folders (Hive partitions included) and globs.</summary>
internal sealed class ParquetTable : LakeTable
{
    private readonly bool _partitioned;
    private readonly bool _missingIsNull;

    internal ParquetTable(TableSource source)
    {
        CheckOptions(source, "missing");
        _missingIsNull = source.Options.GetValueOrDefault("missing", "error") switch
        {
            "null" => true,
            "error" => false,
            string other => throw new DataException(DataFault.Job, $"[parquet] missing: '{other}' is not known; it must be error or null (columns that some files lack are null there); correct it"),
        };
        Files = SourceFiles.Find("parquet", source.Paths, out _partitioned);
    }

    internal override string Name => $"parquet {SourceFiles.Tell(Files)}";

    internal override IReadOnlyList<string> Files { get; }

    protected override string Remedy => "every file must be whole, unencrypted parquet (codecs none, snappy, gzip, zstd, brotli, lz4_raw); write it again, or leave it out";

    internal override Relation Open(DuckDbSession session)
    {
        List<ParquetColumn> columns = ParquetColumn.ReadAll(session, Files);
        bool drift = CheckSameColumns(columns);
        string options = (drift ? ", union_by_name = true" : "") + $", hive_partitioning = {(_partitioned ? "true" : "false")}";
        string from = $"FROM read_parquet({Sql.Texts(Files)}{options}";
        Schema schema = session.Describe($"SELECT * {from})");
        string[] sqlNames = new string[schema.Fields.Count];
        Field[] fields = new Field[sqlNames.Length];
        for (int i = 0; i < fields.Length; i++)
        {
            // DuckDB renames columns that differ only in case or have no name; positions are the file's.
            string name = !drift && i < columns.Count && columns[i].File == columns[0].File ? columns[i].Name : schema.Fields[i].Name;
            sqlNames[i] = schema.Fields[i].Name;
            fields[i] = schema.Fields[i] with { Name = name };
        }

        string list = string.Join(", ", sqlNames.Select(Sql.Name));
        return new Relation(new Schema(fields), sqlNames, $"SELECT {list} {from})",
            $"SELECT {list}, {Relation.File}, file_row_number AS {Relation.Row} {from}, filename = '{Relation.File}', file_row_number = true)")
        {
            HybridCalendarFile = HybridCalendarFile(session),
        };
    }

    /// <summary>Spark's LEGACY mode (and Spark 2) writes days and instants of the hybrid Julian calendar and says so in the footer; DuckDB does not convert them.</summary>
    private string? HybridCalendarFile(DuckDbSession session)
    {
        foreach (ColumnBatch batch in session.Read($"SELECT min(file_name) FROM parquet_kv_metadata({Sql.Texts(Files)}) WHERE key IN ('org.apache.spark.legacyDateTime'::BLOB, 'org.apache.spark.legacyINT96'::BLOB)"))
        {
            return batch.Columns[0].IsNull(0) ? null : batch.Columns[0].Text(0);
        }

        return null;
    }

    /// <summary>Whether the files' columns differ (by order, by width, or by columns that may be missing).</summary>
    /// <exception cref="DataException">They differ in a way that is refused.</exception>
    private bool CheckSameColumns(List<ParquetColumn> columns)
    {
        Dictionary<string, List<ParquetColumn>> byFile = new(StringComparer.Ordinal);
        foreach (ParquetColumn column in columns)
        {
            if (!byFile.TryGetValue(column.File, out List<ParquetColumn>? list))
            {
                byFile.Add(column.File, list = []);
            }

            list.Add(column);
        }

        bool drift = false;
        List<ParquetColumn> first = byFile.GetValueOrDefault(Files[0], []);
        Dictionary<string, ParquetColumn> known = new(StringComparer.Ordinal);
        foreach (ParquetColumn column in first)
        {
            known.TryAdd(column.Name, column);
        }

        foreach (string file in Files.Skip(1))
        {
            List<ParquetColumn> own = byFile.GetValueOrDefault(file, []);
            HashSet<string> names = new(StringComparer.Ordinal);
            for (int i = 0; i < own.Count; i++)
            {
                ParquetColumn column = own[i];
                names.Add(column.Name);
                drift |= i >= first.Count || first[i].Name != column.Name;
                if (!known.TryGetValue(column.Name, out ParquetColumn? before))
                {
                    drift = true;
                    known.Add(column.Name, column);
                    RefuseMissing(column.Name, file, Files[0]);
                }
                else if (before.Type != column.Type)
                {
                    drift = true;
                    if (!ParquetColumn.Widens(before.Type, column.Type))
                    {
                        throw new DataException(DataFault.Input, $"[parquet] column '{column.Name}' is {before.Type} in {before.File} and {column.Type} in {file}; the files of a table must agree (or differ in width only); write one of them again, or leave it out");
                    }
                }
            }

            foreach (string name in known.Keys.Order(StringComparer.Ordinal))
            {
                if (!names.Contains(name))
                {
                    drift = true;
                    RefuseMissing(name, known[name].File, file);
                }
            }
        }

        return drift;
    }

    private void RefuseMissing(string column, string has, string lacks)
    {
        if (!_missingIsNull)
        {
            throw new DataException(DataFault.Input, string.Create(CultureInfo.InvariantCulture,
                $"[parquet] column '{column}' of {has} is missing in {lacks}; the files of a table must have the same columns; set missing: null to read nulls there, or leave a file out"));
        }
    }
}
