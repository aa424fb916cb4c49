namespace YarnDL.Graphs.Tests.Training;

/// <summary>Digits through 16 numbers and back; mean squared error over all pixels.</summary>
public sealed class Golden_training_autoencoder
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 4)]
    public void Losses_and_final_weights_agree_with_the_reference(int threads, int shards) => new TrainingRun("autoencoder")
    {
        Image = [784],
        Preprocess = pixel => pixel / 255f,
        Update = Updates.Adam(0.003),
        TermsPerRow = 784,
        HasLabels = false,
        RowLosses = (g, x, _, p) =>
        {
            Value h = g.Add("Relu", Layers.Linear(g, x, p, "enc1"));
            h = g.Add("Relu", Layers.Linear(g, h, p, "enc2"));
            h = g.Add("Relu", Layers.Linear(g, h, p, "dec1"));
            Value error = g.Add("Sub", g.Add("Sigmoid", Layers.Linear(g, h, p, "dec2")), x);
            return g.Add("Mul", error, error);
        },
    }.Check(threads, shards);
}
