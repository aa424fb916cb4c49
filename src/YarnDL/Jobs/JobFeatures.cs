namespace YarnDL.Jobs;

/// <summary>The keys of features and label.</summary>
internal static class JobFeatures
{
    private static readonly TextShape Text = new();
    private static readonly IntegerShape Pixels = new(1, 65_536);
    private static readonly NumberShape Any = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>One feature.</summary>
    public static MapShape Shape { get; } = new(null,
        new("column", Text, "the input column", Required: true),
        new("type", new TextShape("image", "number"), "image: PNG, JPEG, ... bytes to (C, H, W); number: one value", Required: true),
        new("name", Text, "name of the model's input; by default the column's"),
        new("resize", new ListShape(Pixels, 2, 2, single: false), "image: [height, width], bilinear"),
        new("grayscale", new FlagShape(), "image: one channel", "false"),
        new("mean", new ListShape(Any), "image: subtracted per channel after scaling to 0..1"),
        new("std", new ListShape(Any), "image: divided by, per channel"),
        new("scale", new TextShape("none", "standard", "minMax"), "number: by mean and deviation, or to 0..1, of the training rows", "none"));

    /// <summary>The label.</summary>
    public static MapShape LabelShape { get; } = new("column",
        new("column", Text, "the column to predict", Required: true),
        new("type", new TextShape("index", "number"), "index: class numbers, or words that get numbers in order of their UTF-8 bytes; number: a value", "index"),
        new("classes", new IntegerShape(2, 1_000_000), "index of numbers: how many classes there are, 0 to classes - 1; by default what the training rows hold"));
}
