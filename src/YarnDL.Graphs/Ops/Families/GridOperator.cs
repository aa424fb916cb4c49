using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>GridSample and its gradient: attributes and shapes.</summary>
public abstract class GridOperator : Operator
{
    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("align_corners", 0L), new("mode", "linear"), new("padding_mode", "zeros")];

    /// <summary>The shape of the samples of image (input <paramref name="image"/>) at the places of the input behind it.</summary>
    private protected static SymbolicShape Sampled(InferContext c, int image)
    {
        c.Expect(image, DType.Float32);
        c.Expect(image + 1, DType.Float32);
        SymbolicShape x = c.Shape(image);
        SymbolicShape grid = c.Shape(image + 1);
        bool fits = x.Rank == 4 && grid.Rank == 4 && grid[3] == 2 && grid[0] == x[0] && x.RowAxis <= 0 && x[2].Factor > 0 && x[3].Factor > 0;
        return fits && Read(c.Attributes) is not null ? new(x[0], x[1], grid[1], grid[2])
            : throw c.Error($"image is {x}, grid {grid}, mode {c.Attributes.String("mode")}, padding_mode {c.Attributes.String("padding_mode")}",
                "they must be (N, C, H, W) and (N, h, w, 2); mode is nearest, linear or cubic, padding_mode zeros, border or reflection");
    }

    private protected static Options? Read(Attributes a)
    {
        SampleMode? mode = a.String("mode") switch { "nearest" => SampleMode.Nearest, "linear" or "bilinear" => SampleMode.Linear, "cubic" or "bicubic" => SampleMode.Cubic, _ => null };
        SamplePadding? padding = a.String("padding_mode") switch { "zeros" => SamplePadding.Zeros, "border" => SamplePadding.Border, "reflection" => SamplePadding.Reflection, _ => null };
        return mode is { } m && padding is { } p ? new Options(m, p, a.Int("align_corners") != 0) : null;
    }

    public override object? Prepare(PrepareContext c) => Read(c.Attributes);

    private protected sealed record Options(SampleMode Mode, SamplePadding Padding, bool Corners);
}
