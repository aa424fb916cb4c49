using YarnDL.Data.Features;
using YarnDL.Data.Lakes;
using YarnDL.Nn;
using YarnDL.Training;

namespace YarnDL.Tests.Library;

/// <summary>The samples of docs/library.md as they stand there; a test compares them.</summary>
internal static class GuideSamples
{
    public static async Task<FitResult> First(CancellationToken cancellationToken)
    {
        using var lake = new EmbeddedLake();
        var model = new Sequential(new Conv2d(1, 6, 5, padding: 2), new ReLU(), new MaxPool2d(2), new Flatten(), new Linear(1176, 10));
        var digits = lake.Parquet("digits.parquet").Select(Feature.Image("png").Grayscale().Resize(28, 28).Normalize(0.1307f, 0.3081f), Label.Index("digit"));
        var result = await new Trainer(model, Loss.CrossEntropy(), new Adam(1e-3)) { Epochs = 5, BatchSize = 128 }.FitAsync(digits, cancellationToken);
        return result;
    }

    public static (Trainer Trainer, SelectedRows Rows) Several(ILake lake)
    {
        Symbol age = Input.Of("age", 1);
        Symbol hours = Input.Of("hours", 1);
        Symbol shared = new Linear(2, 8) { Name = "shared" }.Apply(new Concat().Apply(age, hours));
        var network = new Functional([age, hours], ("class", new Linear(8, 2) { Name = "class" }.Apply(shared)), ("income", new Linear(8, 1) { Name = "income" }.Apply(shared)));
        var people = lake.Parquet("people.parquet").Select(Feature.Numeric("age"), Feature.Numeric("hours"), Feature.Numeric("weight"), Label.Index("kind"), Label.Value("income"));
        var trainer = new Trainer(network, Loss.CrossEntropy(), new Adam(1e-2))
        {
            Losses = [new(Loss.CrossEntropy(), "class", "kind"), new(Loss.Mse(), "income", "income", Weight: 0.1)],
            RowWeight = "weight",
            Rules = [new("shared", Rate: 0.1), new("*.bias", new Sgd(0.01)), new("income.weight", Frozen: true)],
            Accumulate = 2,
            ClipNorm = 1,
            EndWhen = new AnyOf([new MaxSteps(1000), new MinLoss(0.01)]),
            Checkpoints = new CheckpointPolicy { When = new EverySeconds(600) },
        };
        return (trainer, people);
    }

    public static Trainer Turns()
    {
        Symbol x = Input.Of("x", 6);
        var judge = new Sequential(new Linear(6, 8), new Tanh(), new Linear(8, 1)) { Name = "judge" };
        Symbol made = new Sequential(new Linear(6, 6), new Tanh(), new Linear(6, 6)) { Name = "maker" }.Apply(x);
        var network = new Functional([x], ("real", judge.Apply(x)), ("made", judge.Apply(made)));
        var loss = new BinaryCrossEntropyLogits();
        var trainer = new Trainer(network, loss, new Adam(1e-3))
        {
            Phases =
            [
                new() { Name = "judge", Losses = [new(loss, "real", "one"), new(loss, "made", "zero")], Trains = ["judge"], Optimizer = new Adam(1e-3) },
                new() { Name = "maker", Losses = [new(loss, "made", "one")], Trains = ["maker"], Optimizer = new Adam(1e-3) },
            ],
        };
        return trainer;
    }
}
