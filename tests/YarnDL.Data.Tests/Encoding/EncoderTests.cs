using System.Text.Json.Nodes;
using YarnDL.Data.Encoding;
using YarnDL.Data.Features;
using YarnDL.Data.Rows;
using YarnDL.Data.Tests.Blocks;
using YarnDL.Tensors;
using static YarnDL.Data.Tests.Encoding.TestBatches;
using static YarnDL.Data.Tests.Encoding.TestJobs;

namespace YarnDL.Data.Tests.Encoding;

public sealed class EncoderTests
{
    private static EncodeResult Encode(MemoryFileStore store, ColumnBatch table, int size = 100, int turn = 0, Func<EncodeJob, EncodeJob>? with = null)
    {
        var job = Job(store, () => Batches(table, size, turn));
        return Encoder.Run(with is null ? job : with(job));
    }

    [Theory]
    [InlineData(1000, 1)]
    [InlineData(17, 0)]
    [InlineData(1, 2)]
    [InlineData(333, 3)]
    public void The_order_of_rows_and_their_batches_change_no_byte(int size, int turn)
    {
        var table = Table(700);
        var one = new MemoryFileStore();
        var other = new MemoryFileStore();
        var a = Encode(one, table);
        var b = Encode(other, table, size, turn);
        Assert.Equal(a.DataHash, b.DataHash);
        Assert.Equal(a.HeldOutHash, b.HeldOutHash);
        Assert.Equal(a.Features.ToJson(), b.Features.ToJson());
        Assert.Equal(Bytes(one), Bytes(other));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void The_number_of_threads_changes_no_byte(int threads)
    {
        var table = Table(2000);
        var one = new MemoryFileStore();
        var other = new MemoryFileStore();
        Encode(one, table);
        using var pool = new ComputePool(threads);
        Encode(other, table, 300, 1, j => j with { Pool = pool });
        Assert.Equal(Bytes(one), Bytes(other));
    }

    [Fact]
    public void The_order_of_columns_and_the_width_of_integers_change_no_byte()
    {
        var table = Table(300);
        var columns = table.Columns.Reverse().ToArray();
        int age = Array.FindIndex(columns, c => c.Field.Name == "age");
        columns[age] = Numbers<long>("age", ColumnType.Int64, [.. columns[age].As<int>().ToArray().Select(v => (long?)v)]);
        var one = new MemoryFileStore();
        var other = new MemoryFileStore();
        Encode(one, table);
        Encode(other, Batch(columns));
        Assert.Equal(Bytes(one), Bytes(other));
    }

    [Fact]
    public void Sorting_through_files_changes_no_byte()
    {
        var table = Table(3000);
        var one = new MemoryFileStore();
        var other = new MemoryFileStore();
        Encode(one, table);
        Encode(other, table, with: j => j with { MemoryLimit = 1 });
        Assert.True(other.Created > one.Created + 1);
        Assert.Equal(Bytes(one), Bytes(other));
    }

    [Fact]
    public void The_vocabulary_is_ordered_by_frequency_then_by_bytes()
    {
        string[] words = ["b", "z", "a", "a", "\U0001F600", "\uFFFD", "b", "c", "Z"];
        var result = Encode(new MemoryFileStore(), Batch(Texts("job", words), Numbers<long>("label", ColumnType.Int64, [.. words.Select(_ => (long?)0)])),
            with: j => j with { Features = new FeatureList(Feature.StringIndex("job"), Label.Index("label").Of(1)), HeldOutFraction = 0 });
        Assert.Equal(["a", "b", "Z", "c", "z", "\uFFFD", "\U0001F600"], result.Features.StateOf(0)!["values"]!.AsArray().Select(v => v!.GetValue<string>()));
    }

    [Fact]
    public void Encoded_rows_are_the_rows()
    {
        var store = new MemoryFileStore();
        var table = Table(200);
        var result = Encode(store, table, with: j => j with { HeldOutFraction = 0 });
        using var set = result.OpenTrained();
        Assert.Equal(["age", "job", "list", "label"], set.Columns.Select(c => c.Name));
        Assert.Equal(200, set.Rows);
        using var lists = new Tensor(DType.Float32, new Shape(4, 2));
        using var labels = new Tensor(DType.Int64, new Shape(4));
        var seen = new List<(long Label, float First, float Second)>();
        long[] numbers = new long[4];
        for (long step = 0; step < set.StepsPerEpoch(4); step++)
        {
            for (int s = 0; s < 4; s++)
            {
                if (set.Read(s, 1, 0, step, 4, true, [default, default, lists.View, labels.View], 0, numbers) == 1)
                {
                    seen.Add((labels.Span<long>()[0], lists.Span<float>()[0], lists.Span<float>()[1]));
                }
            }
        }

        var expected = Enumerable.Range(0, 200).Select(i => i % 7 == 6 ? 0 : i).Select(i => ((long)(i % 10), (float)i, (float)-i));
        Assert.Equal(expected.Order(), seen.Order());
    }

    [Fact]
    public void The_ledger_counts_every_row_once()
    {
        var table = Table(700);
        var result = Encode(new MemoryFileStore(), table, with: j => j with
        {
            Features = new FeatureList(Feature.Numeric("age"), Feature.StringIndex("job").IndexUnknown(), Label.Index("label").Of(9)),
            Filter = (b, row) => b.Columns[5].As<long>()[row] % 5 != 0,
            OnBadRow = BadRowPolicy.Quarantine(1000),
            FilteredBySource = () => 50,
        });
        Assert.True(result.Ledger.Balances);
        Assert.Equal(750, result.Ledger.Read);
        Assert.Equal(190, result.Ledger.Filtered);
        Assert.Equal(Enumerable.Range(0, 700).Count(i => i % 5 != 0 && (i % 7 == 6 ? 0 : i) % 10 == 9), result.Ledger.Quarantined);
        using var trained = result.OpenTrained();
        using var heldOut = result.OpenHeldOut();
        Assert.Equal(result.Ledger.Trained, trained.Rows);
        Assert.Equal(result.Ledger.HeldOut, heldOut.Rows);
        Assert.InRange(heldOut.Rows, 50, 200);
        Assert.Equal(result.DataHash, trained.DataHash);
        Assert.Equal(result.HeldOutHash, heldOut.DataHash);
    }

    [Fact]
    public void Held_out_rows_are_those_with_low_ids_and_are_not_fitted()
    {
        var table = Table(300);
        var store = new MemoryFileStore();
        var result = Encode(store, table, with: j => j with { Features = new FeatureList(Feature.Numeric("age").Scaled(NumericScale.MinMax), Label.Index("label")) });
        var hasher = new RowIdHasher(table.Schema, ["age", "label"]);
        var split = new HashSplit(0.2);
        int[] ages = [.. Enumerable.Range(0, 300).Where(i => !split.IsHeldOut(hasher.Hash(table, i))).Select(i => table.Columns[0].As<int>()[i])];
        Assert.Equal(ages.Min(), result.Features.StateOf(0)!["min"]![0]!.GetValue<double>());
        Assert.Equal(ages.Max(), result.Features.StateOf(0)!["max"]![0]!.GetValue<double>());
        using var heldOut = result.OpenHeldOut();
        using var trained = result.OpenTrained();
        Assert.All(heldOut.RowIds(), r => Assert.True(split.IsHeldOut(r.Id)));
        Assert.All(trained.RowIds(), r => Assert.False(split.IsHeldOut(r.Id)));
        Assert.Equal(ages.Length, trained.Rows);
    }

    [Fact]
    public void Equal_rows_get_ordinals()
    {
        var table = Take(Table(10), 3, 3, 4, 3);
        var result = Encode(new MemoryFileStore(), table, with: j => j with { HeldOutFraction = 0, Shards = 1 });
        using var set = result.OpenTrained();
        Assert.Equal([1u, 3u], set.RowIds().GroupBy(r => r.Id).Select(g => (uint)g.Count()).Order());
        Assert.Equal([0u, 1u, 2u], set.RowIds().GroupBy(r => r.Id).Single(g => g.Count() == 3).Select(r => r.Ordinal));
    }

    [Fact]
    public void A_row_key_that_comes_twice_names_the_first_two()
    {
        var table = Batch(
            Texts("key", "a", "b", "a"), Numbers<int>("x", ColumnType.Int32, 1, 2, 3), Numbers<long>("label", ColumnType.Int64, 0, 1, 2),
            Texts("_file", "one.csv", "one.csv", "two.csv"), Numbers<long>("_row", ColumnType.Int64, 0, 1, 0));
        var e = Assert.Throws<DataException>(() => Encode(new MemoryFileStore(), table, with: j => j with
        {
            Features = new FeatureList(Feature.Numeric("x"), Label.Index("label").Of(3)),
            RowKey = ["key"],
            HeldOutFraction = 0,
        }));
        Assert.Equal(DataFault.Input, e.Fault);
        Assert.Contains("(key = a, one.csv row 0) and (key = a, two.csv row 0)", e.Message);
    }

    [Fact]
    public void A_row_key_gives_ids_by_the_key_alone()
    {
        var table = Batch(Texts("key", "a", "b"), Numbers<int>("x", ColumnType.Int32, 1, 1), Numbers<long>("label", ColumnType.Int64, 0, 0));
        var result = Encode(new MemoryFileStore(), table, with: j => j with { Features = new FeatureList(Feature.Numeric("x"), Label.Index("label").Of(3)), RowKey = ["key"], HeldOutFraction = 0 });
        using var set = result.OpenTrained();
        var hasher = new RowIdHasher(table.Schema, ["key"]);
        Assert.Equal(new[] { hasher.Hash(table, 0), hasher.Hash(table, 1) }.Order(), set.RowIds().Select(r => r.Id));
    }

    [Fact]
    public void A_label_out_of_range_is_named_with_its_range()
    {
        var e = Assert.Throws<DataException>(() => Encode(new MemoryFileStore(), Table(50), with: j => j with { Features = new FeatureList(Feature.Numeric("age"), Label.Index("label").Of(5)), KeyColumns = ["age"] }));
        Assert.Equal(DataFault.BadRows, e.Fault);
        Assert.Contains("column 'label': label 5 is not in 0..4 (row 5, age = ", e.Message);
    }

    [Fact]
    public void Bad_rows_are_written_with_their_reason()
    {
        var store = new MemoryFileStore();
        var table = Table(50);
        var result = Encode(store, table, with: j => j with
        {
            Features = new FeatureList(Feature.Numeric("age"), Label.Index("label").Of(9)),
            OnBadRow = BadRowPolicy.Quarantine(10),
            KeyColumns = ["age"],
        });
        string[] lines = System.Text.Encoding.UTF8.GetString(store.Files[result.Quarantine!]).TrimEnd('\n').Split('\n');
        Assert.Equal(result.Ledger.Quarantined, lines.Length);
        var first = JsonNode.Parse(lines[0])!;
        int row = (int)first["row"]!.GetValue<long>();
        Assert.Equal("label", first["column"]!.GetValue<string>());
        Assert.Equal("label 9 is not in 0..8", first["reason"]!.GetValue<string>());
        Assert.Equal("9", first["raw"]!.GetValue<string>());
        Assert.Equal(table.Columns[0].As<int>()[row].ToString(System.Globalization.CultureInfo.InvariantCulture), first["keys"]!["age"]!.GetValue<string>());
        Assert.Equal(new RowIdHasher(table.Schema, ["age", "label"]).Hash(table, row).ToString(), first["id"]!.GetValue<string>());
        Assert.Equal(lines.Order(StringComparer.Ordinal), lines);
    }

    [Fact]
    public void Too_many_bad_rows_end_the_job_and_leave_nothing()
    {
        var store = new MemoryFileStore();
        var e = Assert.Throws<DataException>(() => Encode(store, Table(500), with: j => j with { Features = new FeatureList(Feature.Numeric("age"), Label.Index("label").Of(5)), OnBadRow = BadRowPolicy.Quarantine(10) }));
        Assert.Equal(DataFault.BadRows, e.Fault);
        Assert.Contains("at most 10 may be; such as column 'label'", e.Message);
        Assert.Empty(store.Files);
    }

    [Fact]
    public void Dropped_rows_are_counted()
    {
        var result = Encode(new MemoryFileStore(), Table(70), with: j => j with { Features = new FeatureList(Feature.Numeric("age"), Label.Index("label").Of(5)), OnBadRow = BadRowPolicy.Drop });
        Assert.Equal(Enumerable.Range(0, 70).Count(i => (i % 7 == 6 ? 0 : i) % 10 >= 5), result.Ledger.Dropped);
        Assert.Equal(0, result.Ledger.Quarantined);
        Assert.Null(result.Quarantine);
        Assert.True(result.Ledger.Balances);
    }

    [Fact]
    public void No_rows_is_its_own_fault()
    {
        Assert.Equal(DataFault.Empty, Assert.Throws<DataException>(() => Encoder.Run(Job(new MemoryFileStore(), () => []))).Fault);
        Assert.Equal(DataFault.Empty, Assert.Throws<DataException>(() => Encode(new MemoryFileStore(), Table(5), with: j => j with { Filter = (_, _) => false, Fitted = Encode(new MemoryFileStore(), Table(50)).Features })).Fault);
    }

    [Fact]
    public void The_same_inputs_are_not_encoded_twice_and_others_are()
    {
        var store = new MemoryFileStore();
        var table = Table(100);
        Assert.False(Encode(store, table).Reused);
        int created = store.Created;
        var again = Encode(store, table);
        Assert.True(again.Reused);
        Assert.Equal(created, store.Created);
        using (var set = again.OpenTrained())
        {
            Assert.Equal(again.DataHash, set.DataHash);
            Assert.Equal(again.Ledger.Trained, set.Rows);
        }

        var other = Encode(store, Table(120), with: j => j with { Inputs = "table 2" });
        Assert.False(other.Reused);
        Assert.Equal(120, other.Ledger.Read);
        Assert.DoesNotContain(store.Files.Keys, k => !k.StartsWith("staging/", StringComparison.Ordinal));
        Assert.False(Encode(store, Table(120), with: j => j with { Inputs = "table 2", Shards = 2 }).Reused);
    }

    [Fact]
    public void A_source_that_changes_between_two_readings_is_refused()
    {
        int reading = 0;
        var e = Assert.Throws<DataException>(() => Encoder.Run(Job(new MemoryFileStore(), () => Batches(Table(100 + reading++), 50))));
        Assert.Equal(DataFault.Input, e.Fault);
        Assert.Contains("100 rows at the first reading", e.Message);
    }

    [Fact]
    public void Fitted_features_are_taken_over_by_the_same_features_only()
    {
        var earlier = Encode(new MemoryFileStore(), Table(300)).Features;
        var later = Encode(new MemoryFileStore(), Table(50), with: j => j with { Fitted = earlier });
        Assert.Equal(earlier.ToJson(), later.Features.ToJson());
        var e = Assert.Throws<DataException>(() => Encode(new MemoryFileStore(), Table(50), with: j => j with { Fitted = earlier, Features = new FeatureList(Feature.Numeric("age"), Label.Index("label")) }));
        Assert.Equal(DataFault.Job, e.Fault);
        Assert.Contains("feature 1 is numeric", e.Message);
    }

    [Fact]
    public void Held_out_rows_may_come_from_a_source_of_their_own()
    {
        var result = Encoder.Run(Job(new MemoryFileStore(), () => Batches(Table(100), 50)) with { HeldOutFraction = 0, HeldOutRows = () => Batches(Table(30), 10) });
        Assert.Equal(new RowLedger(130, 100, 30, 0, 0, 0), result.Ledger);
        using var heldOut = result.OpenHeldOut();
        Assert.Equal(30, heldOut.Rows);
    }

    [Fact]
    public void Cancelling_leaves_nothing()
    {
        var store = new MemoryFileStore();
        using var cancel = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Encode(store, Table(3000), with: j => j with { Cancel = cancel.Token, Progress = p => cancel.Cancel() }));
        Assert.Empty(store.Files);
    }

    [Fact]
    public void Progress_is_told_by_stage()
    {
        var told = new List<EncodeProgress>();
        Encode(new MemoryFileStore(), Table(700), with: j => j with { Progress = told.Add });
        Assert.Equal(["fit", "encode", "cut"], told.Select(p => p.Stage).Distinct());
        Assert.Equal(700, told.Last(p => p.Stage == "encode").Rows);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    public void A_held_out_fraction_must_lie_below_one(double fraction) =>
        Assert.Equal(DataFault.Job, Assert.Throws<DataException>(() => new HashSplit(fraction)).Fault);

    [Fact]
    public void A_random_feature_is_not_encoded_and_its_column_is_kept_as_it_is()
    {
        var features = new FeatureList(new RandomFeature("noise", "job"), Label.Index("label").Of(10));
        Assert.Equal(["label"], features.Encoded.Select(f => f.Name));
        Assert.Equal(["noise"], features.PerEpoch.Select(f => f.Name));
        var table = Batch(Texts("job", "xyz", null, "ab"), Numbers<long>("label", ColumnType.Int64, 1, 2, 3));
        var result = Encode(new MemoryFileStore(), table, with: j => j with { Features = features, HeldOutFraction = 0, Shards = 1 });
        using var set = result.OpenTrained();
        Assert.Equal([new EncodedColumn("label", DType.Int64, Shape.Scalar), new EncodedColumn("job (raw)", DType.UInt8, null)], set.Columns);
        var bytes = new ByteBuffer();
        int[] ends = new int[3];
        set.ReadBytes(0, 1, 0, 0, 3, false, 1, bytes, ends);
        Assert.Equal(5, bytes.Length);
    }

    private sealed class RandomFeature(string name, string column) : Feature(name)
    {
        public override FeatureSpec Spec => new("noise", new JsonObject { ["column"] = column });

        public override IReadOnlyList<string> Columns { get; } = [column];

        public override bool IsRandom => true;

        public override EncodedColumn Encoded(JsonNode? fitted) => throw new InvalidOperationException("a random feature is not encoded");

        public override FeatureEncoder Bind(Schema schema, JsonNode? fitted) => throw new InvalidOperationException("a random feature is not encoded");
    }
}
