using System.IO.Pipes;
using System.Net;
using System.Net.Sockets;
using YarnDL.Data.Blocks;
using YarnDL.Data.Encoding;
using YarnDL.Tensors;
using YarnDL.Training.Engines;
using YarnDL.Training.Steps;
using YarnDL.Training.Workers;

namespace YarnDL.Training.Tests.Workers;

/// <summary>The worker's side: what it is told through standard input, what it serves, and how it ends.</summary>
public sealed class WorkerProcessTests
{
    [Theory]
    [InlineData("")]
    [InlineData("hello\n")]
    [InlineData("{\"protocol\":1}\n")]
    [InlineData("{\"protocol\":2,\"secret\":\"00\",\"port\":1,\"cores\":1,\"bytes\":0}\n")]
    public void A_worker_without_a_proper_hello_ends_with_code_1(string stdin) =>
        Assert.Equal(1, WorkerProcess.Run(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(stdin))));

    [Fact]
    public void A_hello_of_endless_length_is_refused() =>
        Assert.Throws<ProtocolException>(() => WorkerHello.Read(new MemoryStream(new byte[1 << 20])));

    [Fact]
    public void A_hello_line_reads_back() => AssertSame(WorkerHello.Create(4711, 3, 1 << 30));

    [Fact]
    public async Task A_worker_ends_when_its_parents_end_of_standard_input_closes()
    {
        using var driver = new FakeDriver();
        driver.AcceptHello();
        driver.EndStdin();
        Assert.Equal(0, await driver.Worker);
    }

    [Fact]
    public async Task A_worker_ends_in_order_when_told_to_stop()
    {
        using var driver = new FakeDriver();
        driver.AcceptHello();
        Frame.Send(driver.Stream, Operation.Stop, new HeadWriter());
        Assert.Equal(0, await driver.Worker);
    }

    [Fact]
    public async Task A_driver_that_sends_garbage_is_left_with_code_1()
    {
        using var driver = new FakeDriver();
        driver.AcceptHello();
        driver.Stream.Write(new byte[64]);
        Assert.Equal(1, await driver.Worker);
    }

    [Theory]
    [InlineData(Operation.Fit)]
    [InlineData(Operation.Encode)]
    [InlineData(Operation.Sort)]
    [InlineData(Operation.Cut)]
    public async Task An_encoding_operation_that_is_malformed_ends_the_worker_with_code_1(Operation operation)
    {
        using var driver = new FakeDriver();
        driver.AcceptHello();
        Frame.Send(driver.Stream, operation, new HeadWriter().Int(-1).Int(int.MaxValue));
        Assert.Equal(1, await driver.Worker);
    }

    [Fact]
    public void An_encoding_that_no_feature_here_serves_is_answered_by_name()
    {
        using var driver = new FakeDriver();
        driver.AcceptHello();
        string setup = new EncodingSetup { Features = SmallTraining.FeatureList }.ToJson().Replace("\"numeric\"", "\"numerics\"", StringComparison.Ordinal);
        Frame.Send(driver.Stream, Operation.OpenEncoding, new HeadWriter().Text(setup).Text(""));
        Frame reply = Frame.Receive(driver.Stream, Frame.HeadLimit, 0);
        Assert.Equal(Operation.Failed, reply.Operation);
        Assert.Contains("'numerics'", Messages.Failure(new HeadReader(reply.Head)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_part_or_shard_that_was_not_begun_here_ends_the_worker(bool cut)
    {
        using var driver = new FakeDriver();
        driver.AcceptHello();
        Frame.Send(driver.Stream, Operation.OpenEncoding, EncodingMessages.Opening(new EncodingSetup { Features = SmallTraining.FeatureList }, ""));
        Assert.Equal(Operation.Opened, Frame.Receive(driver.Stream, Frame.HeadLimit, 0).Operation);
        string job = new CutJob(new Data.Files.LocalFileStore(), "nowhere", new BlockPlan(0, 0, 2), [], "none").ToJson();
        Frame.Send(driver.Stream, cut ? Operation.Cut : Operation.Fit, cut
            ? EncodingMessages.Cut(job, WorkerServer.LocalBlocks, "", 1, first: false, last: true).Bytes([])
            : EncodingMessages.Rows(new HeadWriter().Long(7).Flag(false).Flag(true), SmallTraining.Batch(3)));
        Assert.Equal(1, await driver.Worker);
    }

    [Fact]
    public void A_worker_asks_for_a_version_it_lacks_and_repeats_the_order_in_its_answer()
    {
        using var training = new SmallTraining();
        using var rows = new BlockRows(training.Store, $"{training.Encoded.Folder}/trained");
        StepPlan plan = TrainingGraph.Build(SmallTraining.Plan, rows.Columns, 8);
        using var driver = new FakeDriver();
        driver.AcceptHello();
        byte[] bytes = StepPlanFormat.Write(plan);
        using (var tail = Tensor.From<byte>(new Shape(bytes.Length), bytes))
        {
            Frame.Send(driver.Stream, Operation.OpenPlan, new HeadWriter().Flag(true), tail.View);
        }

        driver.Expect(Operation.Opened);
        Frame.Send(driver.Stream, Operation.OpenBlocks, new HeadWriter().Flag(false).Int(WorkerServer.LocalBlocks).Text(rows.Folder));
        Assert.Equal(rows.DataHash, new HeadReader(driver.Expect(Operation.Opened).Head).Text());

        WorkOrder order = WorkOrder.Of(Session(plan, rows), new StepOrder(0, 0, 0, new StepPosition(0, 0), new StepPosition(0, 1), [64]), new ShardRange(2, 3), generation: 5);
        Frame.Send(driver.Stream, Operation.Work, Messages.Order(order));
        Assert.Equal(0, new HeadReader(driver.Expect(Operation.NeedWeights).Head).Long());
        using Tensor parameters = SmallTraining.Plan.Model.Parameters;
        using var buffers = new Tensor(DType.Float32, new Shape(0));
        Frame.Send(driver.Stream, Operation.Weights, new HeadWriter().Long(0), parameters.View, buffers.View);

        Frame answer = Frame.Receive(driver.Stream, Frame.HeadLimit, 1 << 20);
        SubtreeSums[] due = Array.ConvertAll(ShardTree.Cut(order.Range), s => new SubtreeSums(s, plan, 0));
        Assert.Throws<ProtocolException>(() => Messages.Sums(answer, driver.Stream, order with { Step = 1 }, due));
        Assert.Throws<ProtocolException>(() => Messages.Sums(answer, driver.Stream, order with { Generation = 4 }, due));
        Messages.Sums(answer, driver.Stream, order, due);
        Assert.Equal([new Subtree(2, 2), new Subtree(4, 1)], due.Select(d => d.Subtree));
        Assert.Equal(3 * 8, due.Sum(d => d.Rows));
        Assert.Equal(3 * 8, due.Sum(d => d.NextDenominators[0]));
        Assert.All(due, d => Assert.Contains(d.Gradient.Span<float>().ToArray(), g => g != 0));
        Array.ForEach(due, d => d.Dispose());
    }

    [Fact]
    public void An_order_for_other_rows_is_refused_as_a_value()
    {
        using var training = new SmallTraining();
        using var rows = new BlockRows(training.Store, $"{training.Encoded.Folder}/trained");
        using var pool = new ComputePool(1);
        StepPlan plan = TrainingGraph.Build(SmallTraining.Plan, rows.Columns, 8);
        using var worker = new ShardWorker(plan, rows, null, pool, prefetch: false);
        WorkOrder order = WorkOrder.Of(Session(plan, rows), new StepOrder(0, 0, 0, default, null, [64]), new ShardRange(0, 8), 0) with { Rows = "others" };
        using Tensor parameters = SmallTraining.Plan.Model.Parameters;
        Assert.Throws<TrainingException>(() => worker.Run(order, parameters, new Tensor(DType.Float32, new Shape(0))));
    }

    [Fact]
    public void A_step_plan_reads_back_and_damaged_ones_are_refused()
    {
        using var training = new SmallTraining();
        using var rows = new BlockRows(training.Store, $"{training.Encoded.Folder}/trained");
        byte[] bytes = StepPlanFormat.Write(TrainingGraph.Build(SmallTraining.Plan, rows.Columns, 8));
        Assert.Equal(bytes, StepPlanFormat.Write(StepPlanFormat.Read(bytes)));
        for (int cut = 0; cut < bytes.Length; cut += 97)
        {
            Assert.Throws<ModelFiles.ModelFileException>(() => StepPlanFormat.Read(bytes[..cut]));
        }

        Assert.Throws<ModelFiles.ModelFileException>(() => StepPlanFormat.Read([.. bytes, 0]));
    }

    private static EngineSession Session(StepPlan plan, IRowSource rows) => new() { Run = "r", Attempt = 0, Plan = plan, Rows = rows, Progress = new Recorder() };

    private static void AssertSame(WorkerHello hello)
    {
        WorkerHello read = WorkerHello.Read(new MemoryStream(hello.ToLine()));
        Assert.Equal(hello.Secret, read.Secret);
        Assert.Equal(hello with { Secret = [] }, read with { Secret = [] }, EqualityComparer<WorkerHello>.Create((a, b) => (a!.Port, a.Cores, a.Bytes) == (b!.Port, b.Cores, b.Bytes)));
    }

    /// <summary>A driver in this process, with a worker on a thread of its own.</summary>
    private sealed class FakeDriver : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly AnonymousPipeServerStream _stdin = new(PipeDirection.Out);
        private readonly AnonymousPipeClientStream _workerStdin;
        private readonly WorkerHello _hello;
        private NetworkStream? _stream;

        public FakeDriver()
        {
            _listener.Start();
            _hello = WorkerHello.Create(((IPEndPoint)_listener.LocalEndpoint).Port, 1, 0);
            _workerStdin = new AnonymousPipeClientStream(PipeDirection.In, _stdin.ClientSafePipeHandle);
            _stdin.Write(_hello.ToLine());
            Worker = Task.Run(() => WorkerProcess.Run(_workerStdin));
        }

        public Task<int> Worker { get; }

        public Stream Stream => _stream!;

        public void AcceptHello()
        {
            _stream = new NetworkStream(_listener.AcceptSocket(), ownsSocket: true);
            Frame hello = Frame.Receive(_stream, Frame.HelloLimit, 0);
            Assert.Equal(Operation.Hello, hello.Operation);
            Assert.Equal(_hello.Secret, new HeadReader(hello.Head).Bytes().ToArray());
            Frame.Send(_stream, Operation.Welcome, new HeadWriter());
        }

        public Frame Expect(Operation operation)
        {
            Frame frame = Frame.Receive(_stream!, Frame.HeadLimit, 0);
            Assert.Equal(operation, frame.Operation);
            return frame;
        }

        public void EndStdin() => _stdin.Dispose();

        public void Dispose()
        {
            _stream?.Dispose();
            _listener.Dispose();
            _stdin.Dispose();
        }
    }
}
