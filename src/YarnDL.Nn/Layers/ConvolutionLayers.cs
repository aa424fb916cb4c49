namespace YarnDL.Nn;

/// <summary>Convolutions by name.</summary>
internal static class ConvolutionLayers
{
    public static void AddTo(Registry<Module> r)
    {
        r.Add(new("conv1d", "1-D convolution. `out`, `kernel` (required), `in` (the input's), `stride` (1), `padding` (0, or same), `paddingMode` (zeros, reflect, replicate, circular), `dilation` (1), `groups` (1), `bias` (true), `weightInit`, `biasInit`", "{type: conv1d, out: 6, kernel: 3, padding: 1}", "float (3, 10)", ""),
            o => new Conv1d(o.FindInt("in"), o.Int("out"), o.Int("kernel"), o.FindInt("stride"), LayerRegistry.IsSame(o) ? null : o.FindInt("padding"), o.FindInt("dilation"), o.Int("groups", 1), o.Flag("bias", true))
            {
                Weight = Initialiser.Find(o, "weightInit") ?? Convolution.Weight,
                Bias = Initialiser.Find(o, "biasInit"),
                Same = LayerRegistry.IsSame(o),
                PaddingMode = o.Choice("paddingMode", "zeros", "zeros", "reflect", "replicate", "circular"),
            });
        r.Add(new("conv2d", "2-D convolution. `out`, `kernel` (required), `in` (the input's), `stride` (1), `padding` (0, or same), `paddingMode` (zeros, reflect, replicate, circular), `dilation` (1), `groups` (1), `bias` (true), `weightInit`, `biasInit`", "{type: conv2d, out: 6, kernel: 3, padding: 1}", "float (3, 8, 8)", ""),
            o => new Conv2d(o.FindInt("in"), o.Int("out"), LayerRegistry.Required2(o, "kernel"), Size2.From(o, "stride"), LayerRegistry.IsSame(o) ? null : Size2.From(o, "padding"), Size2.From(o, "dilation"), o.Int("groups", 1), o.Flag("bias", true))
            {
                Weight = Initialiser.Find(o, "weightInit") ?? Convolution.Weight,
                Bias = Initialiser.Find(o, "biasInit"),
                Same = LayerRegistry.IsSame(o),
                PaddingMode = o.Choice("paddingMode", "zeros", "zeros", "reflect", "replicate", "circular"),
            });
        r.Add(new("conv3d", "3-D convolution. `out`, `kernel` (required), `in` (the input's), `stride` (1), `padding` (0, or same), `paddingMode` (zeros, reflect, replicate, circular), `dilation` (1), `groups` (1), `bias` (true), `weightInit`, `biasInit`", "{type: conv3d, out: 6, kernel: 3, padding: 1}", "float (2, 4, 6, 6)", ""),
            o => new Conv3d(o.FindInt("in"), o.Int("out"), LayerRegistry.Required3(o, "kernel"), Size3.From(o, "stride"), LayerRegistry.IsSame(o) ? null : Size3.From(o, "padding"), Size3.From(o, "dilation"), o.Int("groups", 1), o.Flag("bias", true))
            {
                Weight = Initialiser.Find(o, "weightInit") ?? Convolution.Weight,
                Bias = Initialiser.Find(o, "biasInit"),
                Same = LayerRegistry.IsSame(o),
                PaddingMode = o.Choice("paddingMode", "zeros", "zeros", "reflect", "replicate", "circular"),
            });
        r.Add(new("convtranspose1d", "transposed 1-D convolution. `out`, `kernel` (required), `in` (the input's), `stride` (1), `padding` (0), `outputPadding` (0), `dilation` (1), `groups` (1), `bias` (true), `weightInit`, `biasInit`", "{type: convtranspose1d, out: 3, kernel: 2, stride: 2}", "float (3, 10)", ""),
            o => new ConvTranspose1d(o.FindInt("in"), o.Int("out"), o.Int("kernel"), o.FindInt("stride"), o.FindInt("padding"), o.FindInt("outputPadding"), o.FindInt("dilation"), o.Int("groups", 1), o.Flag("bias", true))
            {
                Weight = Initialiser.Find(o, "weightInit") ?? Convolution.Weight,
                Bias = Initialiser.Find(o, "biasInit"),
            });
        r.Add(new("convtranspose2d", "transposed 2-D convolution. `out`, `kernel` (required), `in` (the input's), `stride` (1), `padding` (0), `outputPadding` (0), `dilation` (1), `groups` (1), `bias` (true), `weightInit`, `biasInit`", "{type: convtranspose2d, out: 3, kernel: 2, stride: 2}", "float (3, 8, 8)", ""),
            o => new ConvTranspose2d(o.FindInt("in"), o.Int("out"), LayerRegistry.Required2(o, "kernel"), Size2.From(o, "stride"), Size2.From(o, "padding"), Size2.From(o, "outputPadding"), Size2.From(o, "dilation"), o.Int("groups", 1), o.Flag("bias", true))
            {
                Weight = Initialiser.Find(o, "weightInit") ?? Convolution.Weight,
                Bias = Initialiser.Find(o, "biasInit"),
            });
        r.Add(new("convtranspose3d", "transposed 3-D convolution. `out`, `kernel` (required), `in` (the input's), `stride` (1), `padding` (0), `outputPadding` (0), `dilation` (1), `groups` (1), `bias` (true), `weightInit`, `biasInit`", "{type: convtranspose3d, out: 3, kernel: 2, stride: 2}", "float (2, 4, 6, 6)", ""),
            o => new ConvTranspose3d(o.FindInt("in"), o.Int("out"), LayerRegistry.Required3(o, "kernel"), Size3.From(o, "stride"), Size3.From(o, "padding"), Size3.From(o, "outputPadding"), Size3.From(o, "dilation"), o.Int("groups", 1), o.Flag("bias", true))
            {
                Weight = Initialiser.Find(o, "weightInit") ?? Convolution.Weight,
                Bias = Initialiser.Find(o, "biasInit"),
            });
        r.Add(new("separableconv2d", "a convolution of each channel alone, then one of 1 x 1. `out`, `kernel` (required), `stride` (1), `padding` (0, or same), `multiplier` (1), `bias` (true)", "{type: separableconv2d, out: 6, kernel: 3, padding: 1}", "float (3, 8, 8)", "Chollet 2016"),
            o => new SeparableConv2d(o.Int("out"), LayerRegistry.Required2(o, "kernel"), Size2.From(o, "stride"), LayerRegistry.IsSame(o) ? null : Size2.From(o, "padding"), o.Int("multiplier", 1), o.Flag("bias", true)) { Same = LayerRegistry.IsSame(o) });
        r.Add(new("depthwiseconv2d", "a convolution of each channel alone. `kernel` (required), `stride` (1), `padding` (0), `multiplier` (1), `bias` (true)", "{type: depthwiseconv2d, kernel: 3}", "float (3, 8, 8)", ""),
            o => new DepthwiseConv2d(LayerRegistry.Required2(o, "kernel"), Size2.From(o, "stride"), Size2.From(o, "padding"), o.Int("multiplier", 1), o.Flag("bias", true)));
        r.Add(new("temporalconv", "a convolution over steps (N, T, C). `out`, `kernel` (required), `stride` (1), `bias` (true)", "{type: temporalconv, out: 5, kernel: 3}", "float (6, 4)", ""),
            o => new TemporalConv(o.Int("out"), o.Int("kernel"), o.Int("stride", 1), o.Flag("bias", true)));
        r.Add(new("locallyconnected1d", "a convolution with a filter of its own for each place. `out`, `kernel` (required), `stride` (1), `bias` (true)", "{type: locallyconnected1d, out: 2, kernel: 3}", "float (3, 10)", ""),
            o => new LocallyConnected1d(o.Int("out"), o.Int("kernel"), o.Int("stride", 1), o.Flag("bias", true)));
        r.Add(new("locallyconnected2d", "the same over images. `out`, `kernel` (required), `stride` (1), `bias` (true)", "{type: locallyconnected2d, out: 2, kernel: 3}", "float (3, 8, 8)", ""),
            o => new LocallyConnected2d(o.Int("out"), LayerRegistry.Required2(o, "kernel"), Size2.From(o, "stride"), o.Flag("bias", true)));
        r.Add(new("mappedconv2d", "a convolution whose outputs see only some inputs. `from`, `to`: channel pairs (required), `kernel` (required), `stride` (1), `padding` (0), `bias` (true)", "{type: mappedconv2d, from: [0, 1, 2, 0], to: [0, 0, 1, 1], kernel: 3}", "float (3, 8, 8)", "LeCun et al. 1998"),
            o => new MappedConv2d(LayerRegistry.Pairs(o), LayerRegistry.Required2(o, "kernel"), Size2.From(o, "stride"), Size2.From(o, "padding"), o.Flag("bias", true)));
    }
}
