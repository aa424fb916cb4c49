namespace YarnDL.Nn;

/// <summary>Shapes, merging and containers by name.</summary>
internal static class ShapeLayers
{
    public static void AddTo(Registry<Module> r)
    {
        r.Add(new("flatten", "all axes but the first become one", "flatten", "float (3, 8, 8)", ""),
            o => new Flatten());
        r.Add(new("reshape", "another shape of a row. `shape` (required; one extent may be -1)", "{type: reshape, shape: [2, 2]}", "float (4)", ""),
            o => new Reshape(LayerRegistry.RequiredInts(o, "shape")));
        r.Add(new("permute", "axes in another order, the rows first. `axes` (required)", "{type: permute, axes: [0, 2, 1]}", "float (6, 4)", ""),
            o => new Permute(LayerRegistry.RequiredInts(o, "axes")));
        r.Add(new("swapaxes", "two axes in each other's place. `first`, `second` (1, 2)", "swapaxes", "float (6, 4)", ""),
            o => new SwapAxes(checked((int)o.Int("first", 1)), checked((int)o.Int("second", 2))));
        r.Add(new("squeeze", "without axes of extent 1. `axes` (required)", "{type: squeeze, axes: [1]}", "float (1, 4)", ""),
            o => new Squeeze(LayerRegistry.RequiredInts(o, "axes")));
        r.Add(new("unsqueeze", "with new axes of extent 1. `axes` (required)", "{type: unsqueeze, axes: [1]}", "float (4)", ""),
            o => new Unsqueeze(LayerRegistry.RequiredInts(o, "axes")));
        r.Add(new("select", "one place of an axis. `axis`, `index` (required)", "{type: select, axis: 1, index: -1}", "float (6, 4)", ""),
            o => new Select(checked((int)o.Int("axis")), o.Int("index")));
        r.Add(new("narrow", "some places of an axis. `axis`, `offset`, `length` (required)", "{type: narrow, axis: 1, offset: 2, length: 3}", "float (6, 4)", ""),
            o => new Narrow(checked((int)o.Int("axis")), o.Int("offset"), o.Int("length")));
        r.Add(new("index", "fixed places of an axis. `axis`, `places` (required)", "{type: index, axis: 1, places: [3, 0, 0]}", "float (4)", ""),
            o => new Index(checked((int)o.Int("axis")), LayerRegistry.RequiredInts(o, "places")));
        r.Add(new("repeatvector", "(N, D) to (N, count, D). `count` (required)", "{type: repeatvector, count: 3}", "float (4)", ""),
            o => new RepeatVector(o.Int("count")));
        r.Add(new("tile", "repeated along the axes of a row. `repeats` (required)", "{type: tile, repeats: [2, 1]}", "float (6, 4)", ""),
            o => new Tile(LayerRegistry.RequiredInts(o, "repeats")));
        r.Add(new("expand", "broadcast to the extents of a row. `shape` (required)", "{type: expand, shape: [3, 4]}", "float (1, 4)", ""),
            o => new Expand(LayerRegistry.RequiredInts(o, "shape")));
        r.Add(new("reverse", "an axis from the last place to the first. `axis` (1)", "reverse", "float (6, 4)", ""),
            o => new Reverse(checked((int)o.Int("axis", 1))));
        r.Add(new("masking", "steps whose features all equal `value` (0) become zeros", "masking", "float (6, 4)", ""),
            o => new Masking(o.Number("value", 0)));
        r.Add(new("reduce", "max, min, mean, sum, prod, l1, l2 or logsumexp over axes. `kind` (required), `axes` (all but the rows), `keep` (false)", "{type: reduce, kind: mean, axes: [1]}", "float (6, 4)", ""),
            o => new Reduce(o.Text("kind"), o.FindInts("axes"), o.Flag("keep")));
        r.Add(new("merge", "library or `parallel`: inputs joined. `mode` (sum, mul, max, min, ave, sub, div, concat, dot, cos), `axis` of concat (1)", "{type: merge, mode: concat}", "float (4); float (4)", ""),
            o => new Merge(o.Choice("mode", "sum", "sum", "mul", "max", "min", "ave", "sub", "div", "concat", "dot", "cos"), checked((int)o.Int("axis", 1))));
        r.Add(new("add", "library or `parallel`: the sum of inputs", "add", "float (4); float (4)", ""),
            o => new Add());
        r.Add(new("concat", "library or `parallel`: inputs one after another. `axis` (1)", "concat", "float (4); float (4)", ""),
            o => new Concat(checked((int)o.Int("axis", 1))));
        r.Add(new("stack", "library or `parallel`: inputs along a new `axis` (1)", "stack", "float (4); float (4)", ""),
            o => new Stack(checked((int)o.Int("axis", 1))));
        r.Add(new("selectinput", "one of several inputs. `index` (0)", "selectinput", "float (4); float (4)", ""),
            o => new SelectInput(checked((int)o.Int("index", 0))));
        r.Add(new("cosinesimilarity", "the cosine of two inputs along `axis` (1). `epsilon` (1e-8)", "cosinesimilarity", "float (4); float (4)", ""),
            o => new CosineSimilarity(checked((int)o.Int("axis", 1)), o.Number("epsilon", 1e-8)));
        r.Add(new("pairwisedistance", "the p-norm of the difference of two inputs. `p` (2), `epsilon` (1e-6), `keep` (false)", "pairwisedistance", "float (4); float (4)", ""),
            o => new PairwiseDistance(o.Number("p", 2), o.Number("epsilon", 1e-6), o.Flag("keep")));
        r.Add(new("crossproduct", "the dot product of every pair of inputs", "crossproduct", "float (4); float (4); float (4)", ""),
            o => new CrossProduct());
        r.Add(new("mixture", "the first input holds the shares of the others", "mixture", "float (2); float (4); float (4)", ""),
            o => new Mixture());
        r.Add(new("matrixproduct", "the product of two inputs. `transposeFirst` (false), `transposeSecond` (false)", "matrixproduct", "float (3, 4); float (4, 2)", ""),
            o => new MatrixProduct(o.Flag("transposeFirst"), o.Flag("transposeSecond")));
        r.Add(new("gatherrows", "places of the first input by numbers in the second", "gatherrows", "float (6, 4); int 6 (3)", ""),
            o => new GatherRows());
        r.Add(new("sequential", "`layers` in order, as one layer", "{type: sequential, layers: [relu]}", "float (4)", ""),
            o => LayerRegistry.Sequence(o));
        r.Add(new("branches", "every branch (a layer or list of layers) on the same input, the results joined. `branches` (required), `merge` (concat; see merge), `axis` (1)", "{type: branches, branches: [[relu], [{type: linear, out: 3}, tanh]]}", "float (4)", ""),
            o => new Branches(o.Text("merge", "concat"), checked((int)o.Int("axis", 1)), LayerRegistry.Branches(o)));
        r.Add(new("parallel", "branch i on input i, the results joined. `branches` (required; one for all inputs is shared), `merge` (concat; see merge), `axis` (1)", "{type: parallel, branches: [[{type: linear, out: 3}], [{type: linear, out: 2}]]}", "float (4); float (4)", ""),
            o => new Parallel(o.Text("merge", "concat"), checked((int)o.Int("axis", 1)), LayerRegistry.Branches(o)));
        r.Add(new("residual", "layers(x) + shortcut(x). `layers` (required), `shortcut` layers (x itself), `activation` (none)", "{type: residual, layers: [{type: linear, out: 4}], activation: relu}", "float (4)", "He et al. 2015"),
            o => new Residual(LayerRegistry.Sequence(o), LayerRegistry.FindSequence(o, "shortcut"), o.FindText("activation")));
        r.Add(new("timedistributed", "`layers` (required) on every step of (N, T, ..). `axes` of steps (1)", "{type: timedistributed, layers: [{type: linear, out: 3}]}", "float (6, 4)", ""),
            o => new TimeDistributed(LayerRegistry.Sequence(o), checked((int)o.Int("axes", 1))));
    }
}
