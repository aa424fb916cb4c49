namespace YarnDL.Bench;

/// <summary>An example job on a shared data set, and what a peer reaches with the same rows.</summary>
/// <param name="Name">What the job is called on the command line.</param>
/// <param name="Example">Folder and file under packaging/examples.</param>
/// <param name="Settings">Settings that point it at the data; {data} stands for the folder.</param>
/// <param name="Metric">The value that is compared.</param>
/// <param name="Peer">The peer's mean.</param>
/// <param name="PeerName">What the peer is.</param>
/// <param name="Limit">What the mean must reach, or for an error stay below.</param>
/// <param name="LowerIsBetter">True for errors.</param>
internal sealed record QualityJob(string Name, string Example, IReadOnlyList<string> Settings, string Metric, double Peer, string PeerName, double Limit, bool LowerIsBetter = false)
{
    private const string Digits = "['{data}/t10k-images-idx3-ubyte.gz', '{data}/t10k-labels-idx1-ubyte.gz']";

    /// <summary>PyTorch's means of three seeds with the same splits; a mean of ours may lie two of the peer's deviations below, 0.003 where none is stated, an error 3 % above.</summary>
    public static IReadOnlyList<QualityJob> All { get; } =
    [
        new("mnist-lenet5", "digits/idx.yaml", [$"data.train.path={Digits}", $"data.validation.path={Digits}"], "accuracy", 0.9888, "PyTorch LeNet-5", 0.9888 - (2 * 0.0015)),
        new("mnist-resnet", "mnist/train.yaml", [$"data.train.path={Digits}", $"data.validation.path={Digits}"], "accuracy", 0.9930, "PyTorch CNN with batch norm and dropout", 0.9930 - (2 * 0.0004)),
        new("adult", "adult/train.yaml", ["data.train.path={data}/adult.data", "data.validation.path={data}/adult.data"], "auc", 0.9087, "PyTorch Wide&Deep", 0.9087 - 0.003),
        new("sms", "sms/train.yaml", ["data.train.path={data}/SMSSpamCollection", "data.validation.path={data}/SMSSpamCollection"], "f1", 0.957, "PyTorch text CNN", 0.957 - 0.003),
        new("taxi", "taxi/train.yaml", ["data.tables.taxi.path={data}/nyc_taxi.csv"], "mae", 644, "PyTorch LSTM", 644 * 1.03, LowerIsBetter: true),
    ];

    /// <summary>True when a mean is good enough.</summary>
    public bool Met(double mean) => LowerIsBetter ? mean <= Limit : mean >= Limit;
}
