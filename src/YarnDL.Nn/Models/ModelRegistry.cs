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
        .Add(new("graph", "your own `layers`, each a layer or network with a `name` and, under `of`, the features or layers before it that it takes (by default the one before, the first all features); `{name: b, of: x, layers: [..]}` is a row of layers, `{name: c, of: y, again: b}` runs b once more with the same weights. `outputs`: names of layers, or a map from output to layer (the last, called output)",
            "{type: graph, layers: [{name: hidden, type: linear, out: 8}, {name: kind, type: linear, out: 2}, {name: size, of: hidden, layers: [relu, {type: linear, out: 1}]}, {name: both, of: [kind, size], type: concat}]}", "float (4)"), LayerGraph.From)
        .Add(new("resnet", "residual network for large images. `depth` (18, 34, 50, 101, 152), `classes` (1000), `width` of the first stage (64)",
            "{type: resnet, depth: 18, classes: 10, width: 4}", "float (3, 32, 32)", "He et al. 2015"),
            o => new ResNet(checked((int)o.Int("depth", 18)), o.Int("classes", 1000), o.Int("width", 64)))
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
            o => new WideAndDeep(o.Int("outputs", 1), o.FindTexts("wide"), o.FindTexts("deep"), o.FindInts("hidden"), o.Int("embedding", 8), o.Number("dropout", 0.1), o.FindIntMap("counts")))
        .Add(new("inceptionv1", "Inception-v1 for large images. `classes` (1000), `original` (false: batch normalisation, as torchvision; true: as the paper), `dropout` (0.2)",
            "{type: inceptionv1, classes: 10}", "float (3, 32, 32)", "Szegedy et al. 2014"),
            o => new InceptionV1(o.Int("classes", 1000), o.Flag("original"), o.Number("dropout", 0.2)))
        .Add(new("vgg", "stacks of 3 x 3 convolutions. `depth` (16; 11, 13, 16, 19), `classes` (1000), `batchNorm` (false), `small` (false: images of 224 x 224; true: of 32 x 32), `width` of the first stage (64), `dropout` (0.5)",
            "{type: vgg, depth: 11, classes: 10, small: true, width: 8}", "float (3, 32, 32)", "Simonyan and Zisserman 2014"),
            o => new Vgg(checked((int)o.Int("depth", 16)), o.Int("classes", 1000), o.Flag("batchNorm"), o.Flag("small"), o.Int("width", 64), o.Number("dropout", 0.5)))
        .Add(new("alexnet", "five convolutions and three linear layers, as torchvision. `classes` (1000), `dropout` (0.5), `hidden` width (4096)", "{type: alexnet, classes: 10, hidden: 16}", "float (3, 64, 64)", "Krizhevsky 2014"),
            o => new AlexNet(o.Int("classes", 1000), o.Number("dropout", 0.5), o.Int("hidden", 4096)))
        .Add(new("transformerclassifier", "a transformer encoder over word numbers (N, T) or vectors (N, T, C). `outputs` (2), `words` (what the input takes), `width` (128), `layers` (2), `heads` (4), `feedForward` (512), `learnedPositions` (true), `dropout` (0.1), `padding` word number (0; -1: none)",
            "{type: transformerclassifier, words: 50, width: 16, heads: 2, feedForward: 32}", "int 50 (6)", "Vaswani et al. 2017"),
            o => new TransformerClassifier(o.Int("outputs", 2), o.FindInt("words"), o.Int("width", 128), checked((int)o.Int("layers", 2)), o.Int("heads", 4), o.Int("feedForward", 512),
                o.Flag("learnedPositions", true), o.Number("dropout", 0.1), Padding(o)))
        .Add(new("autoencoder", "linear layers down to a code and back. `hidden` widths, the code last ([32]), `activation` (relu), `output` activation (none)", "{type: autoencoder, hidden: [8, 3], output: sigmoid}", "float (16)", "Hinton and Salakhutdinov 2006"),
            o => new Autoencoder(o.FindInts("hidden"), o.Text("activation", "relu"), o.FindText("output")))
        .Add(new("vae", "a variational autoencoder, for loss vae. `latent` (20), `hidden` (400), `activation` (relu)", "{type: vae, latent: 2, hidden: 8}", "float (16)", "Kingma and Welling 2013"),
            o => new Vae(o.Int("latent", 20), o.Int("hidden", 400), o.Text("activation", "relu")))
        .Add(new("bert", "BERT over word numbers (N, T), and perhaps segments. `outputs` (2; 0: the vectors), `words` (what the input takes), `width` (768), `layers` (12), `heads` (12), `feedForward` (3072), `positions` (512), `perWord` (false: the text's class; true: a label each), `dropout` (0.1), `padding` word number (0; -1: none)",
            "{type: bert, words: 50, width: 8, layers: 1, heads: 2, feedForward: 16, positions: 6}", "int 50 (6)", "Devlin et al. 2018"),
            o => new Bert(o.Int("outputs", 2), o.FindInt("words"), o.Int("width", 768), checked((int)o.Int("layers", 12)), o.Int("heads", 12), o.Int("feedForward", 3072), o.Int("positions", 512),
                o.Flag("perWord"), o.Number("dropout", 0.1), Padding(o)))
        .Add(new("neumf", "neural matrix factorisation of users and items. `users`, `items` (what the inputs take), `width` (64), `hidden` ([128, 64, 32]), `outputs` (1)",
            "{type: neumf, users: 30, items: 40, width: 8}", "user: int 30 (); item: int 40 ()", "He et al. 2017"),
            o => new NeuMf(o.FindInt("users"), o.FindInt("items"), o.Int("width", 64), o.FindInts("hidden"), o.Int("outputs", 1)));

    /// <summary>The network.</summary>
    /// <exception cref="SpecException">The name or an option is unknown, or a value does not fit.</exception>
    public static Module Create(Spec spec) => All.Create(spec);

    private static long? Padding(SpecReader o) => o.Int("padding", 0) is >= 0 and var p ? p : null;
}
