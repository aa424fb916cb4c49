namespace YarnDL.Nn;

/// <summary>Linear layers and embeddings by name.</summary>
internal static class LinearLayers
{
    public static void AddTo(Registry<Module> r)
    {
        r.Add(new("linear", "y = x Wᵀ + b on the last axis. `out` (required), `in` (the input's), `bias` (true), `weightInit`, `biasInit`", "{type: linear, out: 10}", "float (4)", ""),
            o => new Linear(o.FindInt("in"), o.Int("out"), o.Flag("bias", true)) { Weight = Initialiser.Find(o, "weightInit") ?? Initialiser.KaimingUniform(Math.Sqrt(5)), Bias = Initialiser.Find(o, "biasInit") });
        r.Add(new("bilinear", "library or `parallel`: y = aᵀ W b + bias of two inputs. `out` (required), `bias` (true)", "{type: bilinear, out: 3}", "float (4); float (5)", ""),
            o => new Bilinear(o.Int("out"), o.Flag("bias", true)));
        r.Add(new("cosinelinear", "the cosine of x and each row of a weight. `out` (required)", "{type: cosinelinear, out: 3}", "float (4)", ""),
            o => new Cosine(o.Int("out")));
        r.Add(new("euclidean", "the distance of x and each row of a weight. `out` (required)", "{type: euclidean, out: 3}", "float (4)", ""),
            o => new Euclidean(o.Int("out")));
        r.Add(new("highway", "gate h(x) + (1 - gate) x. `activation` (tanh)", "highway", "float (4)", "Srivastava et al. 2015"),
            o => new Highway(o.Text("activation", "tanh")));
        r.Add(new("maxout", "the largest of several linear layers. `out` (required), `pieces` (4), `bias` (true)", "{type: maxout, out: 3}", "float (4)", "Goodfellow et al. 2013"),
            o => new Maxout(o.Int("out"), o.Int("pieces", 4), o.Flag("bias", true)));
        r.Add(new("sparselinear", "a linear layer on numbers of entries (N, k), and perhaps their values. `count` (what the input takes), `out` (required), `bias` (true), `padding` (-1)", "{type: sparselinear, count: 100, out: 2}", "int 100 (5)", ""),
            o => new SparseLinear(o.FindInt("count"), o.Int("out"), o.Flag("bias", true), o.Int("padding", -1)));
        r.Add(new("weightnormlinear", "a linear layer whose weight is a direction and a length. `out` (required), `bias` (true)", "{type: weightnormlinear, out: 3}", "float (4)", "Salimans and Kingma 2016"),
            o => new WeightNormLinear(o.Int("out"), o.Flag("bias", true)));
        r.Add(new("embedding", "a row of a trained table for each number. `count` (what the input takes), `width` (required), `padding` (none), `sparse` (false: only the rows that a step touches are sent and updated), `maxNorm` (none: rows are cut to this length), `weightInit`", "{type: embedding, count: 1000, width: 32}", "int 1000 (12)", ""),
            o => new Embedding(o.FindInt("count"), o.Int("width"), o.FindInt("padding")) { Sparse = o.Flag("sparse"), MaxNorm = o.FindNumber("maxNorm"), Weight = Initialiser.Find(o, "weightInit") ?? Initialiser.Normal() });
        r.Add(new("embeddingbag", "the rows of a trained table for the numbers of a row, joined. `count` (what the input takes), `width` (required), `mode` (mean, sum, max), `padding` (none), `sparse` (false), `maxNorm` (none), `weightInit`, as embedding", "{type: embeddingbag, count: 1000, width: 32}", "int 1000 (12)", ""),
            o => new EmbeddingBag(o.FindInt("count"), o.Int("width"), o.Choice("mode", "mean", "sum", "mean", "max"), o.FindInt("padding")) { Sparse = o.Flag("sparse"), MaxNorm = o.FindNumber("maxNorm"), Weight = Initialiser.Find(o, "weightInit") ?? Initialiser.Normal() });
        r.Add(new("scale", "times a learned number plus another, per place of `axis` (1)", "scale", "float (3, 8, 8)", ""),
            o => new Scale(checked((int)o.Int("axis", 1))));
        r.Add(new("cadd", "plus learned numbers of `size` (required) that broadcast", "{type: cadd, size: [4]}", "float (4)", ""),
            o => new CAdd(o.FindInts("size") ?? throw Missing(o, "size")));
        r.Add(new("cmul", "times learned numbers of `size` (required) that broadcast", "{type: cmul, size: [1]}", "float (4)", ""),
            o => new CMul(o.FindInts("size") ?? throw Missing(o, "size")));
        r.Add(new("factorizationmachine", "products of all pairs of fields of (N, fields, width)", "factorizationmachine", "float (6, 4)", "Rendle 2010"),
            o => new FactorizationMachine());
    }

    private static SpecException Missing(SpecReader o, string key) => new($"[{o.Area}] option {key} is missing; give it", key);
}
