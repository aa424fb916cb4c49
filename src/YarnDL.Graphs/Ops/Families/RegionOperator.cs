using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>Poolings of regions of interest (K, ..) of a batch of images, and their gradients: regions name their image, so images are not rows.</summary>
public abstract class RegionOperator : Operator
{
    public override RowBehaviour Rows => RowBehaviour.Mixes;

    /// <summary>(K, C, height, width) of the regions of the images (input <paramref name="image"/>).</summary>
    private protected static SymbolicShape Regions(InferContext c, int image, long width, long pooledHeight, long pooledWidth)
    {
        SymbolicShape x = c.Shape(image);
        SymbolicShape rois = c.Shape(image + 1);
        c.Expect(image, DType.Float32);
        c.Expect(image + 1, DType.Float32);
        return x.Rank == 4 && x.IsFixed && x[2].Factor > 0 && x[3].Factor > 0 && rois.Rank == 2 && rois.IsFixed && rois[1] == width && pooledHeight > 0 && pooledWidth > 0
            ? new(rois[0], x[1], pooledHeight, pooledWidth)
            : throw c.Error($"images are {x}, regions {rois}", $"they must be fixed, (images, C, H, W) and (K, {width}): regions pick images, which cannot be the rows of the batch");
    }

    /// <summary>The number of an image.</summary>
    /// <exception cref="InputValueException">There is no such image.</exception>
    private protected static long Image(in RunContext c, int input, double number, long region, long images) => number >= 0 && number < images && number == Math.Floor(number) ? (long)number
        : throw new InputValueException($"[{c.Node.Operator.Name}] {c.Node.Name}: region {region} of {c.Node.Inputs[input]!.Name} names image {number}; images are 0..{images - 1}; mend the data", 0);
}
