using YarnDL.Data.Encoding;
using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Series;

/// <summary>
/// A lake whose tables are read as windows: filters and paths mean the source rows, columns the windows' (<c>c</c>, <c>c.ahead</c>, <c>c.last</c>). The windows and their order
/// do not depend on the order of the source. The source rows are held in memory while windows are made.
/// </summary>
/// <param name="inner">Where the source rows are; not disposed.</param>
/// <param name="options">How windows are cut.</param>
public sealed class SeriesLake(ILake inner, SeriesOptions options) : ILake
{
    private const int WindowsPerBatch = 512;

    /// <summary>What the latest complete read counted; null before.</summary>
    public SeriesLedger? Ledger { get; private set; }

    /// <inheritdoc/>
    public Schema Describe(TableSource source)
    {
        var schema = inner.Describe(source);
        _ = new SeriesOrder(schema, options.OrderBy);
        foreach (string group in options.Group)
        {
            schema.IndexOf(group);
        }

        return SeriesColumns.Of(schema, options);
    }

    /// <inheritdoc/>
    public IEnumerable<ColumnBatch> Read(TableSource source, ReadRequest request)
    {
        var all = inner.Describe(source);
        var wanted = (request.Columns ?? [.. SeriesColumns.Of(all, options).Fields.Select(f => f.Name)]).Select(name => (Name: name, Place: SeriesColumns.Find(all, name))).ToList();
        string[] read = [.. wanted.Select(w => all.Fields[w.Place.Source].Name).Append(options.OrderBy).Concat(options.Group).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];
        var batches = inner.Read(source, new ReadRequest(read, request.Filter)).Where(b => b.Rows > 0).ToList();
        if (batches.Count == 0)
        {
            Ledger = new SeriesLedger(0, 0, 0, 0);
            yield break;
        }

        var schema = batches[0].Schema;
        var rows = Sorted(batches, schema, read, out long bad, out double perUnit);
        var columns = wanted.ConvertAll(w => new SeriesColumn(Field(w.Name, w.Place.Part, all.Fields[w.Place.Source]), schema.IndexOf(all.Fields[w.Place.Source].Name), w.Place.Part));
        var target = new Schema([.. columns.Select(c => c.Field)]);
        var used = new bool[rows.Length];
        int windows = 0;
        int span = options.Length + (options.Horizon > 0 ? options.Delay + options.Horizon : 0);
        foreach (var (from, to) in Stretches(rows, options.MaxGap * perUnit))
        {
            for (int at = from; at <= to - span; at += options.Stride)
            {
                used.AsSpan(at, options.Length).Fill(true);
                used.AsSpan(at + span - options.Horizon, options.Horizon).Fill(true);
                foreach (var c in columns)
                {
                    c.Append(batches, rows.AsSpan(at, span), options);
                }

                if (++windows % WindowsPerBatch == 0)
                {
                    yield return new ColumnBatch(target, WindowsPerBatch, columns.ConvertAll(c => c.Build()));
                }
            }
        }

        if (windows % WindowsPerBatch > 0)
        {
            yield return new ColumnBatch(target, windows % WindowsPerBatch, columns.ConvertAll(c => c.Build()));
        }

        int counted = used.AsSpan().Count(true);
        Ledger = new SeriesLedger(rows.Length + bad, counted, rows.Length - counted, bad);
    }

    /// <summary>0: windows are cut out of what the condition leaves, none is left out by it.</summary>
    public long CountFiltered(TableSource source, string? filter) => 0;

    /// <inheritdoc/>
    public ITableWriter Write(TableSource target, Schema schema, WriteMode mode) => inner.Write(target, schema, mode);

    /// <summary>Nothing: the lake behind it belongs to who made it.</summary>
    public void Dispose()
    {
    }

    private static Field Field(string name, string part, Field source) =>
        part == SeriesColumns.Last ? source with { Name = name } : new Field(name, ColumnType.List, [source with { Name = "element" }]);

    private SeriesRow[] Sorted(List<ColumnBatch> batches, Schema schema, string[] read, out long bad, out double perUnit)
    {
        var order = new SeriesOrder(schema, options.OrderBy);
        perUnit = order.PerUnit;
        var hasher = new RowIdHasher(schema, read);
        int[] groupBy = [.. options.Group.Select(schema.IndexOf)];
        var groups = new SortedDictionary<byte[], List<SeriesRow>>(Comparer<byte[]>.Create(static (a, b) => a.AsSpan().SequenceCompareTo(b)));
        var key = new ByteBuffer();
        bad = 0;
        for (int b = 0; b < batches.Count; b++)
        {
            for (int row = 0; row < batches[b].Rows; row++)
            {
                if (!order.TryRead(batches[b], row, out Int128 place))
                {
                    bad++;
                    continue;
                }

                key.Clear();
                foreach (int g in groupBy)
                {
                    CanonicalValue.Append(key, batches[b].Columns[g], row);
                }

                byte[] name = key.ToArray();
                if (!groups.TryGetValue(name, out var members))
                {
                    groups.Add(name, members = []);
                }

                members.Add(new SeriesRow(b, row, 0, place, hasher.Hash(batches[b], row)));
            }
        }

        var rows = new List<SeriesRow>();
        int number = 0;
        foreach (var members in groups.Values)
        {
            rows.AddRange(members.Select(m => m with { Group = number }));
            number++;
        }

        SeriesRow[] sorted = [.. rows];
        Array.Sort(sorted);
        return sorted;
    }

    /// <summary>Runs of rows of one group without a gap.</summary>
    private static IEnumerable<(int From, int To)> Stretches(SeriesRow[] rows, double? maxGap)
    {
        int from = 0;
        for (int i = 1; i <= rows.Length; i++)
        {
            if (i == rows.Length || rows[i].Group != rows[i - 1].Group || (double)(rows[i].Order - rows[i - 1].Order) > maxGap)
            {
                yield return (from, i);
                from = i;
            }
        }
    }
}
