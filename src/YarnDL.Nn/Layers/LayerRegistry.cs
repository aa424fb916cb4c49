using System.Text.Json.Nodes;

namespace YarnDL.Nn;

/// <summary>
/// Layers by name, for <c>model: layers:</c> lists. Every layer also takes <c>name</c>; sizes that are left out are those of its input.
/// </summary>
public static class LayerRegistry
{
    /// <summary>The names; add your own by <see cref="Registry{T}.Register"/>.</summary>
    public static Registry<Module> All { get; } = new Registry<Module>("layer", ModuleOptions.Read)
        .Register("linear", o => new Linear(o.FindInt("in"), o.Int("out"), o.Flag("bias", true))
        {
            Name = o.FindText("name"),
            Weight = Initialiser.Find(o, "weightInit") ?? Initialiser.KaimingUniform(Math.Sqrt(5)),
            Bias = Initialiser.Find(o, "biasInit"),
        })
        .Register("conv2d", o => new Conv2d(o.FindInt("in"), o.Int("out"), Required(o, "kernel"), Size2.From(o, "stride"), Size2.From(o, "padding"),
            Size2.From(o, "dilation"), o.Int("groups", 1), o.Flag("bias", true))
        {
            Name = o.FindText("name"),
            Weight = Initialiser.Find(o, "weightInit") ?? Initialiser.KaimingUniform(Math.Sqrt(5)),
            Bias = Initialiser.Find(o, "biasInit"),
        })
        .Register("maxpool2d", o => new MaxPool2d(Required(o, "kernel"), Size2.From(o, "stride"), Size2.From(o, "padding"), o.Flag("ceiling")) { Name = o.FindText("name") })
        .Register("avgpool2d", o => new AvgPool2d(Required(o, "kernel"), Size2.From(o, "stride"), Size2.From(o, "padding"), o.Flag("ceiling"), o.Flag("countPadding", true)) { Name = o.FindText("name") })
        .Register("flatten", o => new Flatten { Name = o.FindText("name") })
        .Register("relu", o => new ReLU { Name = o.FindText("name") })
        .Register("tanh", o => new Tanh { Name = o.FindText("name") })
        .Register("sigmoid", o => new Sigmoid { Name = o.FindText("name") })
        .Register("softmax", o => new Softmax(checked((int)o.Int("axis", -1))) { Name = o.FindText("name") })
        .Register("logsoftmax", o => new LogSoftmax(checked((int)o.Int("axis", -1))) { Name = o.FindText("name") })
        .Register("embedding", o => new Embedding(o.Int("count"), o.Int("width"), o.FindInt("padding")) { Name = o.FindText("name"), Weight = Initialiser.Find(o, "weightInit") ?? Initialiser.Normal() })
        .Register("embeddingbag", o => new EmbeddingBag(o.Int("count"), o.Int("width"), o.Choice("mode", "mean", "sum", "mean", "max"), o.FindInt("padding"))
        {
            Name = o.FindText("name"),
            Weight = Initialiser.Find(o, "weightInit") ?? Initialiser.Normal(),
        })
        .Register("lstm", o => new LSTM(o.Int("hidden"), checked((int)o.Int("layers", 1)), o.Flag("bothWays"), o.Flag("sequences", true)) { Name = o.FindText("name") })
        .Register("gru", o => new GRU(o.Int("hidden"), checked((int)o.Int("layers", 1)), o.Flag("bothWays"), o.Flag("sequences", true)) { Name = o.FindText("name") })
        .Register("rnn", o => new RNN(o.Int("hidden"), checked((int)o.Int("layers", 1)), o.Flag("bothWays"), o.Flag("sequences", true), o.Flag("relu")) { Name = o.FindText("name") })
        .Register("multiheadattention", o => new MultiheadAttention(o.Int("heads"), o.Flag("causal"), o.Flag("bias", true)) { Name = o.FindText("name") })
        .Register("transformerencoderlayer", o => new TransformerEncoderLayer(o.Int("heads"), o.Int("feedForward", 2048), o.Choice("activation", "relu", "relu", "gelu"), o.Flag("normFirst"), o.Flag("causal"))
        {
            Name = o.FindText("name"),
        })
        .Register("convtranspose2d", o => new ConvTranspose2d(o.FindInt("in"), o.Int("out"), Required(o, "kernel"), Size2.From(o, "stride"), Size2.From(o, "padding"),
            Size2.From(o, "outputPadding"), Size2.From(o, "dilation"), o.Int("groups", 1), o.Flag("bias", true))
        { Name = o.FindText("name") })
        .Register("adaptiveavgpool2d", o => new AdaptiveAvgPool2d(Required(o, "size")) { Name = o.FindText("name") })
        .Register("batchnorm", o => new BatchNorm(o.Number("epsilon", 1e-5), o.Number("momentum", 0.1)) { Name = o.FindText("name") })
        .Register("batchnorm1d", o => new BatchNorm(o.Number("epsilon", 1e-5), o.Number("momentum", 0.1), 3) { Name = o.FindText("name") })
        .Register("batchnorm2d", o => new BatchNorm(o.Number("epsilon", 1e-5), o.Number("momentum", 0.1), 4) { Name = o.FindText("name") })
        .Register("layernorm", o => new LayerNorm(checked((int)o.Int("axes", 1)), o.Number("epsilon", 1e-5), o.Flag("affine", true)) { Name = o.FindText("name") })
        .Register("groupnorm", o => new GroupNorm(o.Int("groups"), o.Number("epsilon", 1e-5)) { Name = o.FindText("name") })
        .Register("gelu", o => new Elementwise("Gelu", new(("approximate", o.Choice("approximate", "none", "none", "tanh")))) { Name = o.FindText("name") })
        .Register("silu", o => new Elementwise("Swish") { Name = o.FindText("name") })
        .Register("mish", o => new Elementwise("Mish") { Name = o.FindText("name") })
        .Register("elu", o => new Elementwise("Elu", new(("alpha", o.Number("alpha", 1)))) { Name = o.FindText("name") })
        .Register("selu", o => new Elementwise("Selu") { Name = o.FindText("name") })
        .Register("celu", o => new Elementwise("Celu", new(("alpha", o.Number("alpha", 1)))) { Name = o.FindText("name") })
        .Register("leakyrelu", o => new Elementwise("LeakyRelu", new(("alpha", o.Number("slope", 0.01)))) { Name = o.FindText("name") })
        .Register("softplus", o => new Elementwise("Softplus") { Name = o.FindText("name") })
        .Register("softsign", o => new Elementwise("Softsign") { Name = o.FindText("name") })
        .Register("logsigmoid", o => new Elementwise("LogSigmoid") { Name = o.FindText("name") })
        .Register("hardtanh", o => new Elementwise("HardTanh", new(("min", o.Number("min", -1)), ("max", o.Number("max", 1)))) { Name = o.FindText("name") })
        .Register("relu6", o => new Elementwise("HardTanh", new(("min", 0.0), ("max", 6.0))) { Name = o.FindText("name") })
        .Register("hardsigmoid", o => new Elementwise("HardSigmoid", new(("alpha", 1.0 / 6))) { Name = o.FindText("name") })
        .Register("hardswish", o => new Elementwise("HardSwish") { Name = o.FindText("name") })
        .Register("tanhshrink", o => new Elementwise("TanhShrink") { Name = o.FindText("name") })
        .Register("glu", o => new Elementwise("GLU", new(("axis", o.Int("axis", -1)))) { Name = o.FindText("name") })
        .Register("dropout", o => new Dropout(o.Number("ratio", 0.5)) { Name = o.FindText("name") })
        .Register("channeldropout", o => new Dropout(o.Number("ratio", 0.5), channels: true) { Name = o.FindText("name") })
        .Register("alphadropout", o => new Elementwise("AlphaDropout", new(("ratio", o.Number("ratio", 0.5)))) { Name = o.FindText("name") })
        .Register("gaussiandropout", o => new Elementwise("GaussianDropout", new(("ratio", o.Number("ratio", 0.5)))) { Name = o.FindText("name") })
        .Register("gaussiannoise", o => new Elementwise("GaussianNoise", new(("deviation", o.Number("deviation", 1)))) { Name = o.FindText("name") })
        .Register("rrelu", o => new Elementwise("RRelu", new(("lower", o.Number("lower", 0.125)), ("upper", o.Number("upper", 1.0 / 3)))) { Name = o.FindText("name") })
        .Register("sequential", Sequence);

    /// <summary>One layer.</summary>
    /// <exception cref="SpecException">The name or an option is unknown, or a value does not fit.</exception>
    public static Module Create(Spec spec) => All.Create(spec);

    /// <summary>A list of layers as a <see cref="Sequential"/>; the message of an error begins with the place in the list.</summary>
    public static Sequential Create(JsonArray layers) => Sequence([.. layers.Select((n, i) => SpecReader.ToSpec(n, $"layers[{i}]"))], null);

    /// <summary>An activation by name.</summary>
    internal static Module Activation(string name) => Create(new Spec(name));

    internal static Sequential Sequence(SpecReader o) =>
        Sequence(o.FindSpecs("layers") ?? throw new SpecException($"[{o.Area}] option layers is missing; give a list", "layers"), o.FindText("name"));

    private static Sequential Sequence(IReadOnlyList<Spec> layers, string? name)
    {
        var made = new Module[layers.Count];
        for (int i = 0; i < made.Length; i++)
        {
            try
            {
                made[i] = Create(layers[i]);
            }
            catch (SpecException e)
            {
                throw new SpecException($"layers[{i}] {e.Message}", e.Key);
            }
        }

        return new Sequential(made) { Name = name };
    }

    private static Size2 Required(SpecReader o, string key) => Size2.From(o, key) ?? throw new SpecException($"[{o.Area}] option {key} is missing; give it", key);
}
