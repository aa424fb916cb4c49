using YarnDL.Data.Encoding;
using YarnDL.Data.Features;
using YarnDL.Data.Files;
using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;
using YarnDL.Data.Series;
using YarnDL.Data.Tests.Blocks;
using YarnDL.Tensors;
using static YarnDL.Data.Tests.Encoding.TestBatches;

namespace YarnDL.Data.Tests.Series;

public sealed class SeriesTests
{
    private static readonly SeriesOptions Three = new() { OrderBy = "t", Length = 3, Horizon = 1 };

    private static ColumnBatch Rows(params (long? T, double V, string G)[] rows) => Batch(
        Numbers<long>("t", ColumnType.Int64, [.. rows.Select(r => r.T)]),
        Numbers<double>("v", ColumnType.Float64, [.. rows.Select(r => (double?)r.V)]),
        Texts("g", [.. rows.Select(r => r.G)]));

    private static (List<string> Windows, SeriesLedger Ledger) Windows(SeriesOptions options, params ColumnBatch[] batches)
    {
        var lake = new SeriesLake(new MemoryLake(batches), options);
        List<string> windows = [];
        foreach (var b in lake.Read(MemoryLake.Source, new ReadRequest(options.Horizon > 0 ? ["v", "v.ahead", "g.last"] : ["v", "v.last", "g.last"])))
        {
            for (int r = 0; r < b.Rows; r++)
            {
                string ahead = options.Horizon > 0 ? string.Join(',', b.Columns[1].Children[0].As<double>()[b.Columns[1].Elements(r)].ToArray()) : $"{b.Columns[1].As<double>()[r]}";
                windows.Add($"{string.Join(',', b.Columns[0].Children[0].As<double>()[b.Columns[0].Elements(r)].ToArray())}>{ahead} {b.Columns[2].Text(r)}");
            }
        }

        return (windows, lake.Ledger!);
    }

    [Fact]
    public void Windows_follow_the_order_column_whatever_the_order_of_rows()
    {
        var expected = (List<string>)["1,2,3>4 a", "2,3,4>5 a"];
        Assert.Equal(expected, Windows(Three, Rows((1, 1, "a"), (2, 2, "a"), (3, 3, "a"), (4, 4, "a"), (5, 5, "a"))).Windows);
        Assert.Equal(expected, Windows(Three, Rows((5, 5, "a"), (2, 2, "a")), Rows((4, 4, "a"), (1, 1, "a"), (3, 3, "a"))).Windows);
    }

    [Fact]
    public void Equal_places_are_ordered_by_content()
    {
        var one = Windows(Three, Rows((1, 1, "a"), (2, 7, "a"), (2, 8, "a"), (3, 3, "a")));
        var other = Windows(Three, Rows((2, 8, "a"), (3, 3, "a"), (2, 7, "a"), (1, 1, "a")));
        Assert.Single(one.Windows);
        Assert.Equal(one.Windows, other.Windows);
    }

    [Fact]
    public void No_window_spans_a_gap()
    {
        var rows = Rows((1, 1, "a"), (2, 2, "a"), (3, 3, "a"), (4, 4, "a"), (6, 6, "a"), (7, 7, "a"), (8, 8, "a"), (9, 9, "a"));
        Assert.Equal(5, Windows(Three, rows).Windows.Count);
        var (windows, ledger) = Windows(Three with { MaxGap = 1 }, rows);
        Assert.Equal(["1,2,3>4 a", "6,7,8>9 a"], windows);
        Assert.Equal(new SeriesLedger(8, 8, 0, 0), ledger);
    }

    [Fact]
    public void No_window_spans_two_groups()
    {
        var (windows, ledger) = Windows(Three with { Group = ["g"] }, Rows((1, 1, "b"), (2, 2, "a"), (3, 3, "b"), (4, 4, "a"), (5, 5, "b"), (6, 6, "a"), (7, 7, "b"), (8, 8, "c"), (9, 9, "a")));
        Assert.Equal(["2,4,6>9 a", "1,3,5>7 b"], windows);
        Assert.Equal(new SeriesLedger(9, 8, 1, 0), ledger);
    }

    [Fact]
    public void Rows_without_a_place_are_bad_and_every_source_row_is_counted_once()
    {
        var (windows, ledger) = Windows(Three with { Stride = 2, Delay = 1 }, Rows((1, 1, "a"), (null, 9, "a"), (2, 2, "a"), (3, 3, "a"), (4, 4, "a"), (5, 5, "a"), (6, 6, "a")));
        Assert.Equal(["1,2,3>5 a"], windows);
        Assert.Equal(new SeriesLedger(7, 4, 2, 1), ledger);
        Assert.True(ledger.Balances);
        Assert.False(new SeriesLedger(8, 4, 2, 1).Balances);
    }

    [Fact]
    public void Without_a_horizon_the_last_rows_are_windows_too() =>
        Assert.Equal(["1,2,3>3 a", "2,3,4>4 a"], Windows(Three with { Horizon = 0 }, Rows((1, 1, "a"), (2, 2, "a"), (3, 3, "a"), (4, 4, "a"))).Windows);

    [Fact]
    public void Gaps_of_timestamps_are_told_in_seconds()
    {
        ColumnBatch Times(params long[] seconds) => Batch(Numbers<long>("t", ColumnType.Timestamp, [.. seconds.Select(s => (long?)(s * 1_000_000))]), Numbers<double>("v", ColumnType.Float64, [.. seconds.Select(s => (double?)s)]), Texts("g", [.. seconds.Select(_ => "a")]));
        Assert.Single(Windows(Three with { MaxGap = 1800 }, Times(0, 1800, 3600, 5400)).Windows);
        Assert.Empty(Windows(Three with { MaxGap = 1800 }, Times(0, 1800, 3600, 5401)).Windows);
    }

    [Fact]
    public void A_text_does_not_order_a_series() =>
        Assert.StartsWith("[series] column 'g' is text; a series is ordered by a number", Assert.Throws<DataException>(() => new SeriesLake(new MemoryLake(Rows((1, 1, "a"))), Three with { OrderBy = "g" }).Describe(MemoryLake.Source)).Message, StringComparison.Ordinal);

    [Fact]
    public void Windows_are_encoded_to_the_same_bytes_for_any_order_batches_and_threads()
    {
        (long? T, double V, string G)[] rows = [.. Enumerable.Range(0, 400).Select(i => ((long?)(i / 2), (i * 37 % 101) + 0.125, i % 2 == 0 ? "a" : "b"))];
        string Encoded(ComputePool? pool, params ColumnBatch[] batches)
        {
            var options = new SeriesOptions { OrderBy = "t", Group = ["g"], Length = 5, Horizon = 2 };
            var features = new FeatureList(new SeriesFeature("s", ["v"], 5) { Scale = NumericScale.Standard }, new LabelValueFeature("y", "v.ahead") { Steps = 2, Scale = NumericScale.Standard }) { Series = options };
            var lake = features.Over(new MemoryLake(batches));
            var result = Encoder.Run(new EncodeJob { Features = features, Rows = () => lake.Read(MemoryLake.Source, new ReadRequest([.. features.Columns])), HeldOutFraction = 0.25, Shards = 2, Store = new MemoryFileStore(), Folder = "staging", Pool = pool });
            Assert.Equal(2 * (200 - 6), result.Ledger.Read);
            return result.DataHash + result.HeldOutHash + result.Features.ToJson();
        }

        string reference = Encoded(null, Rows(rows));
        using var pool = new ComputePool(3);
        Assert.Equal(reference, Encoded(pool, Rows([.. rows.Reverse()])));
        Assert.Equal(reference, Encoded(null, Rows(rows[300..]), Rows(rows[..7]), Rows(rows[7..300])));
        Assert.Equal(2, FittedFeatures.Parse(reference[reference.IndexOf('{')..], new FeatureRegistry()).List.Series!.Horizon);
    }
}
