using System.Text.Json.Nodes;

namespace YarnDL.Nn;

/// <summary>Networks by name, for <c>model: {type: lenet5, ...}</c>.</summary>
public static class ModelRegistry
{
    /// <summary>The names; add your own by <see cref="Registry{T}.Add(Description, Func{SpecReader, T})"/>.</summary>
    public static Registry<Module> All { get; } = new Registry<Module>("model", ModuleOptions.Read)
        .Add(new("lenet5", "LeNet-5 for grey images of 28 x 28. `classes` (10), `activation` (tanh, relu, sigmoid), `pool` (max, average)",
            "{type: lenet5, classes: 10, activation: relu}", "float (1, 28, 28)", "LeCun et al. 1998"),
            o => new LeNet5(o.Int("classes", 10), o.Choice("activation", "tanh", "tanh", "relu", "sigmoid"), o.Choice("pool", "max", "max", "average")))
        .Add(new("mlp", "fully connected layers. `outputs` (required), `hidden` widths ([]), `activation` (relu, tanh, sigmoid)",
            "{type: mlp, outputs: 10, hidden: [128, 64]}", "float (16)"),
            o => new Mlp(o.Int("outputs"), o.FindInts("hidden") ?? [], o.Choice("activation", "relu", "relu", "tanh", "sigmoid")))
        .Add(new("sequential", "your own list of `layers`", "{type: sequential, layers: [flatten, {type: linear, out: 10}]}", "float (2, 4)"), LayerRegistry.Sequence)
        .Add(new("resnet", "residual network for large images. `depth` (18, 34, 50, 101, 152), `classes` (1000)",
            "{type: resnet, depth: 18, classes: 10}", "float (3, 32, 32)", "He et al. 2015"),
            o => new ResNet(checked((int)o.Int("depth", 18)), o.Int("classes", 1000)))
        .Add(new("smallresnet", "residual network for small images. `depth` (20; 6 n + 2), `classes` (10), `width` of the first stage (16), `projection` (false: shortcuts without parameters)",
            "{type: smallresnet, depth: 8}", "float (1, 28, 28)", "He et al. 2015, section 4.2"),
            o => new SmallResNet(checked((int)o.Int("depth", 20)), o.Int("classes", 10), o.Int("width", 16), o.Flag("projection")))
        .Add(new("textcnn", "convolutions over word numbers (N, L), largest values over the text. `outputs` (2), `words` (what the input takes), `width` (100), `filters` (100), `kernels` ([3, 4, 5]), `dropout` (0.5), `padding` word number (0; -1: none)",
            "{type: textcnn, outputs: 1, words: 1000, kernels: [2, 3, 4]}", "int 1000 (20)", "Kim 2014"),
            o => new TextCnn(o.Int("outputs", 2), o.FindInt("words"), o.Int("width", 100), o.Int("filters", 100), o.FindInts("kernels"), o.Number("dropout", 0.5), Padding(o)))
        .Add(new("textrnn", "a recurrent layer over word numbers (N, L). `outputs` (2), `cell` (lstm, gru, rnn), `words` (what the input takes), `width` (100), `hidden` (128), `layers` (1), `bothWays` (true), `join` (max, mean, last), `dropout` (0.5), `padding` word number (0; -1: none)",
            "{type: textrnn, cell: gru, words: 1000, hidden: 32}", "int 1000 (20)"),
            o => new TextRnn(o.Int("outputs", 2), o.Choice("cell", "lstm", "lstm", "gru", "rnn"), o.FindInt("words"), o.Int("width", 100), o.Int("hidden", 128), checked((int)o.Int("layers", 1)),
                o.Flag("bothWays", true), o.Choice("join", "max", "max", "mean", "last"), o.Number("dropout", 0.5), Padding(o)))
        .Add(new("lstmforecaster", "LSTM layers over a window (N, steps, features), a linear layer on the last state. `outputs` (1), `hidden` widths, one per layer ([64]), `dropout` (0)",
            "{type: lstmforecaster, hidden: [32, 16]}", "float (12, 3)"),
            o => new LstmForecaster(o.Int("outputs", 1), o.FindInts("hidden"), o.Number("dropout", 0)))
        .Add(new("wideanddeep", "a linear model over numbers of entries beside a network over embeddings and dense numbers. `outputs` (1), `wide` and `deep`: names of inputs (integers are wide; what is not named wide is deep, or all), `hidden` ([100, 75, 50, 25]), `embedding` width (8), `dropout` (0.1), `counts`: entries by input (what the input takes)",
            "{type: wideanddeep, wide: [city], deep: [city, age], counts: {city: 20}}", "city: int 20 (); age: float (1)", "Cheng et al. 2016"),
            o => new WideAndDeep(o.Int("outputs", 1), o.FindTexts("wide"), o.FindTexts("deep"), o.FindInts("hidden"), o.Int("embedding", 8), o.Number("dropout", 0.1), o.FindIntMap("counts")));

    /// <summary>The network.</summary>
    /// <exception cref="SpecException">The name or an option is unknown, or a value does not fit.</exception>
    public static Module Create(Spec spec) => All.Create(spec);

    private static long? Padding(SpecReader o) => o.Int("padding", 0) is >= 0 and var p ? p : null;
}
