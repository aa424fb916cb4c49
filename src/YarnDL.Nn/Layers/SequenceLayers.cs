namespace YarnDL.Nn;

/// <summary>Recurrent layers and attention by name.</summary>
internal static class SequenceLayers
{
    public static void AddTo(Registry<Module> r)
    {
        r.Add(new("lstm", "long short-term memory over (N, T, C), perhaps with lengths. `hidden` (required), `layers` (1), `bothWays` (false), `sequences` (true: all times, false: the last), `join` of both ways (concat, sum, mul, ave), `dropout` between layers (0), `bias` (true), `backwards` (false), `activation` (tanh), `gateActivation` (sigmoid, hard_sigmoid), `peepholes` (false)", "{type: lstm, hidden: 8}", "float (6, 4)", "Hochreiter and Schmidhuber 1997"),
            o => new LSTM(o.Int("hidden"), checked((int)o.Int("layers", 1)), o.Flag("bothWays"), o.Flag("sequences", true)) { Join = o.Choice("join", "concat", "concat", "sum", "mul", "ave"), Dropout = o.Number("dropout", 0), Bias = o.Flag("bias", true), Backwards = o.Flag("backwards"), Activation = o.FindText("activation"), GateActivation = o.Choice("gateActivation", "sigmoid", "sigmoid", "hard_sigmoid"), Peepholes = o.Flag("peepholes") });
        r.Add(new("gru", "gated recurrent units over (N, T, C), perhaps with lengths. `hidden` (required), `layers` (1), `bothWays` (false), `sequences` (true: all times, false: the last), `join` of both ways (concat, sum, mul, ave), `dropout` between layers (0), `bias` (true), `backwards` (false), `activation` (tanh), `gateActivation` (sigmoid, hard_sigmoid), `resetAfter` (true)", "{type: gru, hidden: 8}", "float (6, 4)", "Cho et al. 2014"),
            o => new GRU(o.Int("hidden"), checked((int)o.Int("layers", 1)), o.Flag("bothWays"), o.Flag("sequences", true)) { Join = o.Choice("join", "concat", "concat", "sum", "mul", "ave"), Dropout = o.Number("dropout", 0), Bias = o.Flag("bias", true), Backwards = o.Flag("backwards"), Activation = o.FindText("activation"), GateActivation = o.Choice("gateActivation", "sigmoid", "sigmoid", "hard_sigmoid"), ResetAfter = o.Flag("resetAfter", true) });
        r.Add(new("rnn", "plain recurrent units over (N, T, C), perhaps with lengths. `hidden` (required), `layers` (1), `bothWays` (false), `sequences` (true: all times, false: the last), `join` of both ways (concat, sum, mul, ave), `dropout` between layers (0), `bias` (true), `backwards` (false), `relu` (false: tanh)", "{type: rnn, hidden: 8}", "float (6, 4)", "Elman 1990"),
            o => new RNN(o.Int("hidden"), checked((int)o.Int("layers", 1)), o.Flag("bothWays"), o.Flag("sequences", true), o.Flag("relu")) { Join = o.Choice("join", "concat", "concat", "sum", "mul", "ave"), Dropout = o.Number("dropout", 0), Bias = o.Flag("bias", true), Backwards = o.Flag("backwards") });
        r.Add(new("recurrentdecoder", "an LSTM cell that eats its own output: (N, H) to (N, steps, H). `steps` (required)", "{type: recurrentdecoder, steps: 3}", "float (4)", ""),
            o => new RecurrentDecoder(o.Int("steps")));
        r.Add(new("convlstm2d", "long short-term memory of convolutions over (N, T, C, H, W). `filters`, `kernel` (required), `stride` (1), `sequences` (true), `peepholes` (false), `padding` (same, valid), `bias` (true), `hardGates` (false)", "{type: convlstm2d, filters: 2, kernel: 3}", "float (3, 2, 5, 5)", "Shi et al. 2015"),
            o => new ConvLSTM2d(o.Int("filters"), LayerRegistry.Required2(o, "kernel"), Size2.From(o, "stride"), o.Flag("sequences", true), o.Flag("peepholes")) { Same = o.Choice("padding", "same", "same", "valid") == "same", Bias = o.Flag("bias", true), HardGates = o.Flag("hardGates") });
        r.Add(new("multiheadattention", "self-attention over (N, T, C). `heads` (required), `causal` (false), `bias` (true), `dropout` (0)", "{type: multiheadattention, heads: 4}", "float (6, 4)", "Vaswani et al. 2017"),
            o => new MultiheadAttention(o.Int("heads"), o.Flag("causal"), o.Flag("bias", true), o.Number("dropout", 0)));
        r.Add(new("transformerencoderlayer", "attention and feed-forward with residuals over (N, T, C). `heads` (required), `feedForward` (2048), `activation` (relu, gelu), `normFirst` (false), `causal` (false), `dropout` (0)", "{type: transformerencoderlayer, heads: 4, feedForward: 16}", "float (6, 4)", "Vaswani et al. 2017"),
            o => new TransformerEncoderLayer(o.Int("heads"), o.Int("feedForward", 2048), o.Choice("activation", "relu", "relu", "gelu"), o.Flag("normFirst"), o.Flag("causal"), o.Number("dropout", 0)));
        r.Add(new("transformerencoder", "a stack of these. `count` (required), `heads` (required), `feedForward` (2048), `activation` (relu, gelu), `normFirst` (false), `causal` (false), `dropout` (0), `finalNorm` (false)", "{type: transformerencoder, count: 2, heads: 4, feedForward: 16}", "float (6, 4)", "Vaswani et al. 2017"),
            o => new TransformerEncoder(checked((int)o.Int("count")), o.Int("heads"), o.Int("feedForward", 2048), o.Choice("activation", "relu", "relu", "gelu"), o.Flag("normFirst"), o.Flag("causal"), o.Number("dropout", 0), o.Flag("finalNorm")));
        r.Add(new("transformerdecoderlayer", "attention to itself and to a second input, and feed-forward. `heads` (required), `feedForward` (2048), `activation` (relu, gelu), `normFirst` (false), `causal` (true), `dropout` (0)", "{type: transformerdecoderlayer, heads: 4, feedForward: 16}", "float (6, 4); float (5, 4)", "Vaswani et al. 2017"),
            o => new TransformerDecoderLayer(o.Int("heads"), o.Int("feedForward", 2048), o.Choice("activation", "relu", "relu", "gelu"), o.Flag("normFirst"), o.Flag("causal", true), o.Number("dropout", 0)));
        r.Add(new("transformerdecoder", "a stack of these. `count` (required), `heads` (required), `feedForward` (2048), `activation` (relu, gelu), `normFirst` (false), `causal` (true), `dropout` (0), `finalNorm` (false)", "{type: transformerdecoder, count: 2, heads: 4, feedForward: 16}", "float (6, 4); float (5, 4)", "Vaswani et al. 2017"),
            o => new TransformerDecoder(checked((int)o.Int("count")), o.Int("heads"), o.Int("feedForward", 2048), o.Choice("activation", "relu", "relu", "gelu"), o.Flag("normFirst"), o.Flag("causal", true), o.Number("dropout", 0), o.Flag("finalNorm")));
        r.Add(new("positionalencoding", "plus sines and cosines of the position. `concatenated` (false), `rates` (10000)", "positionalencoding", "float (6, 4)", "Vaswani et al. 2017"),
            o => new PositionalEncoding(o.Flag("concatenated"), o.Number("rates", 10000)));
        r.Add(new("learnedpositions", "plus a learned vector per position. `count` (required)", "{type: learnedpositions, count: 6}", "float (6, 4)", ""),
            o => new LearnedPositions(o.Int("count")));
        r.Add(new("rotaryembedding", "pairs of features turned by the position, (N, heads, T, D). `interleaved` (false), `rates` (10000)", "rotaryembedding", "float (2, 6, 4)", "Su et al. 2021"),
            o => new RotaryEmbedding(o.Flag("interleaved"), o.Number("rates", 10000)));
        r.Add(new("feedforward", "two linear layers with an activation between. `hidden` (required), `activation` (relu), `dropout` (0)", "{type: feedforward, hidden: 8}", "float (6, 4)", ""),
            o => new FeedForward(o.Int("hidden"), o.Text("activation", "relu"), o.Number("dropout", 0)));
        r.Add(new("additiveattention", "queries and keys compared by a small network. `width` (required)", "{type: additiveattention, width: 8}", "float (6, 4)", "Bahdanau et al. 2014"),
            o => new AdditiveAttention(o.Int("width")));
        r.Add(new("bertembeddings", "words, positions and segments as one vector. `words` (what the input takes), `width` (required), `positions` (512), `segments` (2), `dropout` (0), `epsilon` (1e-12), `padding` (none)", "{type: bertembeddings, words: 50, width: 8, positions: 6}", "int 50 (6)", "Devlin et al. 2018"),
            o => new BertEmbeddings(o.FindInt("words"), o.Int("width"), o.Int("positions", 512), o.Int("segments", 2), o.Number("dropout", 0), o.Number("epsilon", 1e-12), o.FindInt("padding")));
    }
}
