using YarnDL.Tensors;
using static YarnDL.Graphs.Tests.GoldenLayers.ActivationRecipes;

namespace YarnDL.Graphs.Tests.GoldenLayers;

/// <summary>Boxes, regions and quantised numbers.</summary>
internal static class DetectionRecipes
{
    public static IReadOnlyDictionary<string, Recipe> All { get; } = new Dictionary<string, Recipe>
    {
        ["BoxIoU"] = One(x => Overlap(x, generalised: false)),
        ["GeneralizedBoxIoU"] = One(x => Overlap(x, generalised: true)),
        ["BoxEncode"] = One(x =>
        {
            (Value c, Value size) = Centre(x.G, x["anchors"]);
            (Value c2, Value size2) = Centre(x.G, x["gt"]);
            Value places = x.G.Add("Div", x.G.Add("Sub", c2, c), size);
            Value extents = x.G.Add("Log", x.G.Add("Div", size2, size));
            return x.G.Add("Div", Joined(x.G, places, extents), Variances(x));
        }),
        ["BoxDecode"] = One(x =>
        {
            (Value c, Value size) = Centre(x.G, x["anchors"]);
            Value deltas = x.G.Add("Mul", x["deltas"], Variances(x));
            Value centre = x.G.Add("Add", c, x.G.Add("Mul", Columns(x.G, deltas, 0, 2), size));
            Value half = x.G.Add("Mul", x.G.Add("Mul", size, x.G.Add("Exp", Columns(x.G, deltas, 2, 4))), x.Number(0.5));
            return Joined(x.G, x.G.Add("Sub", centre, half), x.G.Add("Add", centre, half));
        }),
        ["NonMaxSuppression"] = x => IndexRecipes.Named([x.Apply("NonMaxSuppression", x["boxes"], x["scores"], x.G.Constant(Tensor.Scalar(x.Case.Int("max_output_boxes_per_class"))),
            x.Number(x.Case.Number("iou_threshold")), x.Case.Has("score_threshold") ? x.Number(x.Case.Number("score_threshold")) : null)], "selected_indices"),
        ["MaxRoiPool"] = One(x =>
        {
            Value images = x.G.Add("Unsqueeze", x.G.Add("Cast", x["batch_indices"], ("to", 1)), x.G.Constant([1L]));
            return x.Apply("MaxRoiPool", x["X"], Joined(x.G, images, x["rois"]));
        }),
        ["PriorBox"] = x => IndexRecipes.Named([Boxes(x, PriorBoxes(x))], "boxes"),
        ["Anchor"] = x => IndexRecipes.Named([Boxes(x, Anchors(x))], "anchors"),
        ["CastFloat16"] = x => IndexRecipes.Named([Bits(x, 10)], "bits"),
        ["CastBFloat16"] = x => IndexRecipes.Named([x.Case.Text("rounding") == "nearest even" ? Bits(x, 16) : Upper(x)], "bits"),
        ["QuantizeLinear"] = x =>
        {
            long axis = x.Case.Attr("axis").ValueKind == System.Text.Json.JsonValueKind.Null ? 1 : x.Case.Int("axis");
            Value zero = x.G.Constant(ZeroPoint(x, x["scale"].Shape));
            Value q = x.G.Add("QuantizeLinear", [x["X"], x["scale"], zero], new(("axis", axis)));
            return IndexRecipes.Named([q, x.G.Add("DequantizeLinear", [q, x["scale"], zero], new(("axis", axis)))], "Y", "dequantized");
        },
        ["DynamicQuantizeLinear"] = x => IndexRecipes.Named(x.G.AddNode(OperatorTable.Get("DynamicQuantizeLinear"), [x["X"]], Attributes.None, 3), "Y", "scale", "zero_point"),
        ["MatMulInteger"] = One(x => x.G.Add("MatMulInteger", [x.G.Add("Cast", x["A"], ("to", 2)), x.G.Add("Cast", x["B"], ("to", 3)),
            x.G.Constant(Tensor.From<byte>(Shape.Scalar, [(byte)x.Case.Int("a_zero_point")])), x.G.Constant(Tensor.From<sbyte>(Shape.Scalar, [(sbyte)x.Case.Int("b_zero_point")]))])),
    };

    private static Tensor ZeroPoint(LayerGraph x, SymbolicShape like)
    {
        var zero = new byte[like.At(1).ElementCount];
        Array.Fill(zero, (byte)x.Case.Int("zero_point"));
        return x.Case.Int("min") < 0 ? Tensor.From<sbyte>(like.At(1), Array.ConvertAll(zero, z => (sbyte)z)) : Tensor.From<byte>(like.At(1), zero);
    }

    /// <summary>The float32 numbers rounded to an element type of two bytes, as integers.</summary>
    private static Value Bits(LayerGraph x, long type) => x.G.Add("Cast", x.G.Add("BitCast", x.G.Add("Cast", x["X"], ("to", type)), ("to", 4)), ("to", 6));

    private static Value Upper(LayerGraph x)
    {
        Value bits = x.G.Add("Cast", x.G.Add("BitCast", x["X"], ("to", 6)), ("to", 7));
        return x.G.Add("Div", x.G.Add("Mod", bits, x.G.Constant([1L << 32])), x.G.Constant([1L << 16]));
    }

    private static Value Columns(GraphBuilder g, Value v, long from, long to) => g.Add("Slice", [v, g.Constant([from]), g.Constant([to]), g.Constant([-1L])]);

    private static Value Joined(GraphBuilder g, Value a, Value b) => g.Add("Concat", [a, b], new(("axis", -1)));

    private static Value Variances(LayerGraph x) => x.G.Constant(Tensor.From<float>(new Shape(4), [.. x.Case.Attr("variances").EnumerateArray().Select(e => e.GetSingle())]));

    private static (Value Centre, Value Size) Centre(GraphBuilder g, Value boxes)
    {
        Value low = Columns(g, boxes, 0, 2);
        Value size = g.Add("Sub", Columns(g, boxes, 2, 4), low);
        return (g.Add("Add", low, g.Add("Mul", size, g.Constant(0.5f))), size);
    }

    private static Value Overlap(LayerGraph x, bool generalised)
    {
        GraphBuilder g = x.G;
        Value a = g.Add("Unsqueeze", x["A"], g.Constant([1L]));
        Value b = g.Add("Unsqueeze", x["B"], g.Constant([0L]));
        Value Area(Value sides) => g.Add("Mul", Columns(g, sides, 0, 1), Columns(g, sides, 1, 2));
        Value Sides(string low, string high) => g.Add("Max", g.Add("Sub", g.Add(high, Columns(g, a, 2, 4), Columns(g, b, 2, 4)), g.Add(low, Columns(g, a, 0, 2), Columns(g, b, 0, 2))), g.Constant(0f));
        Value Own(Value box) => Area(g.Add("Sub", Columns(g, box, 2, 4), Columns(g, box, 0, 2)));
        Value common = Area(Sides("Max", "Min"));
        Value union = g.Add("Sub", g.Add("Add", Own(a), Own(b)), common);
        Value y = g.Add("Div", common, union);
        if (generalised)
        {
            Value hull = Area(Sides("Min", "Max"));
            y = g.Add("Sub", y, g.Add("Div", g.Add("Sub", hull, union), hull));
        }

        return g.Add("Squeeze", y, g.Constant([2L]));
    }

    private static Value Boxes(LayerGraph x, List<double> numbers) => x.G.Add("Identity", x.G.Constant(Tensor.From<float>(new Shape(numbers.Count / 4, 4), [.. numbers.Select(v => (float)v)])));

    private static List<double> PriorBoxes(LayerGraph x)
    {
        double min = x.Case.Number("min_size");
        var sizes = new List<(double W, double H)> { (min, min) };
        if (x.Case.Has("max_size"))
        {
            double middle = Math.Sqrt(min * x.Case.Number("max_size"));
            sizes.Add((middle, middle));
        }

        foreach (double ratio in x.Case.Attr("aspect_ratios").EnumerateArray().Select(e => e.GetDouble()))
        {
            sizes.Add((min * Math.Sqrt(ratio), min / Math.Sqrt(ratio)));
            if (x.Case.Int("flip") != 0)
            {
                sizes.Add((min / Math.Sqrt(ratio), min * Math.Sqrt(ratio)));
            }
        }

        double image = x.Case.Number("image_size");
        double Bounded(double v) => x.Case.Int("clip") != 0 ? Math.Clamp(v, 0, 1) : v;
        var boxes = new List<double>();
        for (int row = 0; row < x.Case.Int("feature_height"); row++)
        {
            for (int column = 0; column < x.Case.Int("feature_width"); column++)
            {
                double cx = (column + x.Case.Number("offset")) / x.Case.Int("feature_width") * image;
                double cy = (row + x.Case.Number("offset")) / x.Case.Int("feature_height") * image;
                foreach ((double w, double h) in sizes)
                {
                    boxes.AddRange([Bounded((cx - (w / 2)) / image), Bounded((cy - (h / 2)) / image), Bounded((cx + (w / 2)) / image), Bounded((cy + (h / 2)) / image)]);
                }
            }
        }

        return boxes;
    }

    private static List<double> Anchors(LayerGraph x)
    {
        double side = x.Case.Number("base_size");
        double middle = (side - 1) / 2;
        var shapes = new List<double[]>();
        foreach (double ratio in x.Case.Attr("ratios").EnumerateArray().Select(e => e.GetDouble()))
        {
            double w = Math.Round(Math.Sqrt(side * side / ratio));
            double h = Math.Round(w * ratio);
            foreach (double scale in x.Case.Attr("scales").EnumerateArray().Select(e => e.GetDouble()))
            {
                shapes.Add([middle - (((w * scale) - 1) / 2), middle - (((h * scale) - 1) / 2), middle + (((w * scale) - 1) / 2), middle + (((h * scale) - 1) / 2)]);
            }
        }

        var all = new List<double>();
        double stride = x.Case.Number("stride");
        for (int row = 0; row < x.Case.Int("feature_height"); row++)
        {
            for (int column = 0; column < x.Case.Int("feature_width"); column++)
            {
                all.AddRange(shapes.SelectMany(s => new[] { s[0] + (column * stride), s[1] + (row * stride), s[2] + (column * stride), s[3] + (row * stride) }));
            }
        }

        return all;
    }
}
