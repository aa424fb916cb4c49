namespace YarnDL.Nn;

/// <summary>Normalisation, noise and penalties by name.</summary>
internal static class NormLayers
{
    public static void AddTo(Registry<Module> r)
    {
        r.Add(new("batchnorm", "batch normalisation of any rank; each shard's own statistics in training. `epsilon` (1e-5), `momentum` (0.1)", "batchnorm", "float (4)", "Ioffe and Szegedy 2015"),
            o => new BatchNorm(o.Number("epsilon", 1e-5), o.Number("momentum", 0.1)));
        r.Add(new("batchnorm1d", "batch normalisation of (N, C, L). `epsilon` (1e-5), `momentum` (0.1)", "batchnorm1d", "float (3, 10)", ""),
            o => new BatchNorm(o.Number("epsilon", 1e-5), o.Number("momentum", 0.1), 3));
        r.Add(new("batchnorm2d", "batch normalisation of (N, C, H, W). `epsilon` (1e-5), `momentum` (0.1)", "batchnorm2d", "float (3, 8, 8)", ""),
            o => new BatchNorm(o.Number("epsilon", 1e-5), o.Number("momentum", 0.1), 4));
        r.Add(new("batchnorm3d", "batch normalisation of (N, C, D, H, W). `epsilon` (1e-5), `momentum` (0.1)", "batchnorm3d", "float (2, 4, 6, 6)", ""),
            o => new BatchNorm(o.Number("epsilon", 1e-5), o.Number("momentum", 0.1), 5));
        r.Add(new("layernorm", "normalisation over the last `axes` (1) axes. `epsilon` (1e-5), `affine` (true)", "layernorm", "float (4)", "Ba et al. 2016"),
            o => new LayerNorm(checked((int)o.Int("axes", 1)), o.Number("epsilon", 1e-5), o.Flag("affine", true)));
        r.Add(new("groupnorm", "normalisation over groups of channels. `groups` (required), `epsilon` (1e-5)", "{type: groupnorm, groups: 2}", "float (4)", "Wu and He 2018"),
            o => new GroupNorm(o.Int("groups"), o.Number("epsilon", 1e-5)));
        r.Add(new("instancenorm", "normalisation of every row and channel. `epsilon` (1e-5), `affine` (false)", "instancenorm", "float (3, 8, 8)", "Ulyanov et al. 2016"),
            o => new InstanceNorm(o.Number("epsilon", 1e-5), o.Flag("affine")));
        r.Add(new("rmsnorm", "over the root of the mean square of the last `axes` (1) axes. `epsilon` (1e-5), `affine` (true)", "rmsnorm", "float (4)", "Zhang and Sennrich 2019"),
            o => new RMSNorm(checked((int)o.Int("axes", 1)), o.Number("epsilon", 1e-5), o.Flag("affine", true)));
        r.Add(new("localresponsenorm", "over neighbouring channels. `size` (required), `alpha` (1e-4), `beta` (0.75), `k` (1)", "{type: localresponsenorm, size: 5}", "float (3, 8, 8)", "Krizhevsky et al. 2012"),
            o => new LocalResponseNorm(o.Int("size"), o.Number("alpha", 1e-4), o.Number("beta", 0.75), o.Number("k", 1)));
        r.Add(new("withinchannellrn", "over a window of each channel. `size` (5), `alpha` (1), `beta` (0.75)", "{type: withinchannellrn, size: 3}", "float (3, 8, 8)", "Caffe"),
            o => new SpatialWithinChannelLRN(o.Int("size", 5), o.Number("alpha", 1), o.Number("beta", 0.75)));
        r.Add(new("normalize", "over the `p`-norm (2) along `axis` (1). `epsilon` (1e-12)", "normalize", "float (4)", ""),
            o => new Normalize(o.Number("p", 2), checked((int)o.Int("axis", 1)), o.Number("epsilon", 1e-12)));
        r.Add(new("normalizescale", "over the norm across channels, times learned numbers. `scale` (20), `p` (2), `epsilon` (1e-10)", "normalizescale", "float (3, 8, 8)", "Liu et al. 2016"),
            o => new NormalizeScale(o.Number("scale", 20), o.Number("p", 2), o.Number("epsilon", 1e-10)));
        r.Add(new("subtractivenorm", "x less the mean of its window over all channels. `size` (9)", "{type: subtractivenorm, size: 3}", "float (3, 8, 8)", "Torch7"),
            o => new SpatialSubtractiveNormalization(LocalWindow.Flat(checked((int)o.Int("size", 9)))));
        r.Add(new("divisivenorm", "x over the root mean square of its window. `size` (9), `threshold` (1e-4), `value` (1e-4)", "{type: divisivenorm, size: 3}", "float (3, 8, 8)", "Torch7"),
            o => new SpatialDivisiveNormalization(LocalWindow.Flat(checked((int)o.Int("size", 9))), o.Number("threshold", 1e-4), o.Number("value", 1e-4)));
        r.Add(new("contrastivenorm", "subtractivenorm, then divisivenorm. `size` (9), `threshold` (1e-4), `value` (1e-4)", "{type: contrastivenorm, size: 3}", "float (3, 8, 8)", "Torch7"),
            o => new SpatialContrastiveNormalization(LocalWindow.Flat(checked((int)o.Int("size", 9))), o.Number("threshold", 1e-4), o.Number("value", 1e-4)));
        r.Add(new("dropout", "in training 0 for a share of elements, the others divided by what is kept. `ratio` (0.5)", "{type: dropout, ratio: 0.2}", "float (4)", "Srivastava et al. 2014"),
            o => new Dropout(o.Number("ratio", 0.5)));
        r.Add(new("channeldropout", "dropout of whole channels of (N, C, ..). `ratio` (0.5)", "{type: channeldropout, ratio: 0.2}", "float (3, 8, 8)", ""),
            o => new Dropout(o.Number("ratio", 0.5), channels: true));
        r.Add(new("alphadropout", "dropout that keeps mean and variance behind selu. `ratio` (0.5)", "alphadropout", "float (4)", "Klambauer et al. 2017"),
            o => new AlphaDropout(o.Number("ratio", 0.5)));
        r.Add(new("gaussiandropout", "in training times a normal number of mean 1 and deviation sqrt(ratio / (1 - ratio)). `ratio` (0.5)", "gaussiandropout", "float (4)", ""),
            o => new GaussianDropout(o.Number("ratio", 0.5)));
        r.Add(new("gaussiannoise", "in training plus a normal number. `deviation` (1)", "{type: gaussiannoise, deviation: 0.1}", "float (4)", ""),
            o => new GaussianNoise(o.Number("deviation", 1)));
        r.Add(new("noise", "in training a random number in the place of each of x's, drawn anew for each row and epoch; at all other times x itself. `distribution` (normal, uniform: -1 to 1)", "{type: noise, distribution: uniform}", "float (4)", ""),
            o => new Noise(o.Choice("distribution", "normal", "normal", "uniform") == "uniform"));
        r.Add(new("randomaffine", "in training images (N, C, H, W) are turned by up to `degrees` (0), moved by up to `shift` pixels (0), stretched by 1 - `scale` to 1 + `scale` (0)", "{type: randomaffine, degrees: 10, shift: 2}", "float (1, 8, 8)", ""),
            o => new RandomAffine(o.Number("degrees", 0), o.Number("shift", 0), o.Number("scale", 0)));
        r.Add(new("gaussiansampler", "library or `parallel`: of mean and log-variance a draw in training, else the mean", "gaussiansampler", "float (4); float (4)", "Kingma and Welling 2014"),
            o => new GaussianSampler());
        r.Add(new("activityregularization", "x itself; its size is added to the loss. `l1` (0), `l2` (0)", "{type: activityregularization, l1: 0.01}", "float (4)", ""),
            o => new ActivityRegularization(o.Number("l1", 0), o.Number("l2", 0)));
        r.Add(new("negativeentropy", "probabilities as they are; certainty is added to the loss. `beta` (0.01)", "negativeentropy", "float (4)", ""),
            o => new NegativeEntropyPenalty(o.Number("beta", 0.01)));
    }
}
