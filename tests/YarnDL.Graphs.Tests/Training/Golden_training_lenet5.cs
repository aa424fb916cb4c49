namespace YarnDL.Graphs.Tests.Training;

/// <summary>LeNet-5 with tanh on digits.</summary>
public sealed class Golden_training_lenet5
{
    // One shard: another order of sums lets maxima of nearly equal neighbours fall the other way after some twenty steps.
    [Fact]
    public void Losses_and_final_weights_agree_with_the_reference() => new TrainingRun("lenet5")
    {
        Image = [1, 28, 28],
        Preprocess = pixel => ((pixel / 255f) - 0.1307f) / 0.3081f,
        Update = Updates.Adam(0.002),
        RowLosses = (g, x, y, p) =>
        {
            Value h = Layers.MaxPool(g, g.Add("Tanh", Layers.Conv(g, x, p, "conv1", 2)));
            h = Layers.MaxPool(g, g.Add("Tanh", Layers.Conv(g, h, p, "conv2", 0)));
            h = g.Add("Tanh", Layers.Linear(g, g.Add("Flatten", h), p, "fc1"));
            h = g.Add("Tanh", Layers.Linear(g, h, p, "fc2"));
            return Layers.CrossEntropy(g, Layers.Linear(g, h, p, "fc3"), y!);
        },
    }.Check(threads: 2);
}
