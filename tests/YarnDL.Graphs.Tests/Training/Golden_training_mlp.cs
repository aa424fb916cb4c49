namespace YarnDL.Graphs.Tests.Training;

/// <summary>Three linear layers on digits.</summary>
public sealed class Golden_training_mlp
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(2, 8)]
    public void Losses_and_final_weights_agree_with_the_reference(int threads, int shards) => new TrainingRun("mlp")
    {
        Image = [784],
        Preprocess = pixel => ((pixel / 255f) - 0.1307f) / 0.3081f,
        Update = Updates.Sgd(0.05f, 0.9f),
        RowLosses = (g, x, y, p) =>
        {
            Value h = g.Add("Relu", Layers.Linear(g, x, p, "fc1"));
            h = g.Add("Relu", Layers.Linear(g, h, p, "fc2"));
            return Layers.CrossEntropy(g, Layers.Linear(g, h, p, "fc3"), y!);
        },
    }.Check(threads, shards);
}
