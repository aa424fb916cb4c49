namespace YarnDL.Graphs.Tests.Training;

/// <summary>One linear layer on digits.</summary>
public sealed class Golden_training_softmax_regression
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 4)]
    public void Losses_and_final_weights_agree_with_the_reference(int threads, int shards) => new TrainingRun("softmax_regression")
    {
        Image = [784],
        Preprocess = pixel => pixel / 255f,
        Update = Updates.Sgd(0.1f),
        RowLosses = (g, x, y, p) => Layers.CrossEntropy(g, Layers.Linear(g, x, p, "fc"), y!),
    }.Check(threads, shards);
}
