namespace YarnDL.Nn;

/// <summary>Pooling, resampling and padding by name.</summary>
internal static class PoolingLayers
{
    public static void AddTo(Registry<Module> r)
    {
        r.Add(new("maxpool1d", "largest value of each window. `kernel` (required), `stride` (kernel), `padding` (0), `ceiling` (false), `dilation` (1)", "{type: maxpool1d, kernel: 2}", "float (3, 10)", ""),
            o => new MaxPool1d(o.Int("kernel"), o.FindInt("stride"), o.FindInt("padding"), o.Flag("ceiling"), o.FindInt("dilation")));
        r.Add(new("avgpool1d", "mean of each window. `kernel` (required), `stride` (kernel), `padding` (0), `ceiling` (false), `countPadding` (true)", "{type: avgpool1d, kernel: 2}", "float (3, 10)", ""),
            o => new AvgPool1d(o.Int("kernel"), o.FindInt("stride"), o.FindInt("padding"), o.Flag("ceiling"), o.Flag("countPadding", true)));
        r.Add(new("lppool1d", "p-norm of each window. `p` (2), `kernel` (required), `stride` (kernel), `ceiling` (false)", "{type: lppool1d, kernel: 2}", "float (3, 10)", ""),
            o => new LpPool1d(o.Int("p", 2), o.Int("kernel"), o.FindInt("stride"), o.Flag("ceiling")));
        r.Add(new("adaptiveavgpool1d", "means over a grid of `size` (required) windows, whatever the input's size", "{type: adaptiveavgpool1d, size: 2}", "float (3, 10)", ""),
            o => new AdaptiveAvgPool1d(o.Int("size")));
        r.Add(new("adaptivemaxpool1d", "largest values over a grid of `size` (required) windows", "{type: adaptivemaxpool1d, size: 2}", "float (3, 10)", ""),
            o => new AdaptiveMaxPool1d(o.Int("size")));
        r.Add(new("maxpool2d", "largest value of each window. `kernel` (required), `stride` (kernel), `padding` (0), `ceiling` (false), `dilation` (1)", "{type: maxpool2d, kernel: 2}", "float (3, 8, 8)", ""),
            o => new MaxPool2d(LayerRegistry.Required2(o, "kernel"), Size2.From(o, "stride"), Size2.From(o, "padding"), o.Flag("ceiling"), Size2.From(o, "dilation")));
        r.Add(new("avgpool2d", "mean of each window. `kernel` (required), `stride` (kernel), `padding` (0), `ceiling` (false), `countPadding` (true)", "{type: avgpool2d, kernel: 2}", "float (3, 8, 8)", ""),
            o => new AvgPool2d(LayerRegistry.Required2(o, "kernel"), Size2.From(o, "stride"), Size2.From(o, "padding"), o.Flag("ceiling"), o.Flag("countPadding", true)));
        r.Add(new("lppool2d", "p-norm of each window. `p` (2), `kernel` (required), `stride` (kernel), `ceiling` (false)", "{type: lppool2d, kernel: 2}", "float (3, 8, 8)", ""),
            o => new LpPool2d(o.Int("p", 2), LayerRegistry.Required2(o, "kernel"), Size2.From(o, "stride"), o.Flag("ceiling")));
        r.Add(new("adaptiveavgpool2d", "means over a grid of `size` (required) windows, whatever the input's size", "{type: adaptiveavgpool2d, size: 2}", "float (3, 8, 8)", ""),
            o => new AdaptiveAvgPool2d(LayerRegistry.Required2(o, "size")));
        r.Add(new("adaptivemaxpool2d", "largest values over a grid of `size` (required) windows", "{type: adaptivemaxpool2d, size: 2}", "float (3, 8, 8)", ""),
            o => new AdaptiveMaxPool2d(LayerRegistry.Required2(o, "size")));
        r.Add(new("maxpool3d", "largest value of each window. `kernel` (required), `stride` (kernel), `padding` (0), `ceiling` (false), `dilation` (1)", "{type: maxpool3d, kernel: 2}", "float (2, 4, 6, 6)", ""),
            o => new MaxPool3d(LayerRegistry.Required3(o, "kernel"), Size3.From(o, "stride"), Size3.From(o, "padding"), o.Flag("ceiling"), Size3.From(o, "dilation")));
        r.Add(new("avgpool3d", "mean of each window. `kernel` (required), `stride` (kernel), `padding` (0), `ceiling` (false), `countPadding` (true)", "{type: avgpool3d, kernel: 2}", "float (2, 4, 6, 6)", ""),
            o => new AvgPool3d(LayerRegistry.Required3(o, "kernel"), Size3.From(o, "stride"), Size3.From(o, "padding"), o.Flag("ceiling"), o.Flag("countPadding", true)));
        r.Add(new("lppool3d", "p-norm of each window. `p` (2), `kernel` (required), `stride` (kernel), `ceiling` (false)", "{type: lppool3d, kernel: 2}", "float (2, 4, 6, 6)", ""),
            o => new LpPool3d(o.Int("p", 2), LayerRegistry.Required3(o, "kernel"), Size3.From(o, "stride"), o.Flag("ceiling")));
        r.Add(new("adaptiveavgpool3d", "means over a grid of `size` (required) windows, whatever the input's size", "{type: adaptiveavgpool3d, size: 2}", "float (2, 4, 6, 6)", ""),
            o => new AdaptiveAvgPool3d(LayerRegistry.Required3(o, "size")));
        r.Add(new("adaptivemaxpool3d", "largest values over a grid of `size` (required) windows", "{type: adaptivemaxpool3d, size: 2}", "float (2, 4, 6, 6)", ""),
            o => new AdaptiveMaxPool3d(LayerRegistry.Required3(o, "size")));
        r.Add(new("globalavgpool", "mean over all spatial axes of (N, C, ..). `keep` the axes (false)", "globalavgpool", "float (3, 8, 8)", ""),
            o => new GlobalAvgPool(o.Flag("keep")));
        r.Add(new("globalmaxpool", "largest value over all spatial axes of (N, C, ..). `keep` the axes (false)", "globalmaxpool", "float (3, 8, 8)", ""),
            o => new GlobalMaxPool(o.Flag("keep")));
        r.Add(new("upsample", "other spatial extents: `scale` or `size`, one number or one per axis. `mode` (nearest, linear, cubic, area), `alignCorners` (false)", "{type: upsample, scale: 2}", "float (3, 8, 8)", ""),
            o => new Upsample(o.FindNumbers("scale"), o.FindInts("size"), o.Choice("mode", "nearest", "nearest", "linear", "cubic", "area"), o.Flag("alignCorners")));
        r.Add(new("pad", "elements around the spatial axes. `before` (required), `after` (before): one number or one per axis; `mode` (zeros, reflect, replicate, circular), `value` (0)", "{type: pad, before: 1}", "float (3, 8, 8)", ""),
            o => new Pad(LayerRegistry.RequiredInts(o, "before"), o.FindInts("after"), o.Choice("mode", "zeros", "zeros", "reflect", "replicate", "circular"), o.Number("value", 0)));
        r.Add(new("crop", "spatial axes without some places. `before` (required), `after` (before): one number or one per axis", "{type: crop, before: 1}", "float (3, 8, 8)", ""),
            o => new Crop(LayerRegistry.RequiredInts(o, "before"), o.FindInts("after")));
        r.Add(new("pixelshuffle", "channels become pixels. `factor` (required)", "{type: pixelshuffle, factor: 2}", "float (4, 3, 3)", "Shi et al. 2016"),
            o => new PixelShuffle(o.Int("factor")));
        r.Add(new("pixelunshuffle", "pixels become channels. `factor` (required)", "{type: pixelunshuffle, factor: 2}", "float (3, 8, 8)", ""),
            o => new PixelUnshuffle(o.Int("factor")));
    }
}
