namespace YarnDL.Graphs.Ops.Families;

/// <summary>A region of RoiAlign in places of the image: where it begins, how large a bin is, and how many samples it has.</summary>
internal readonly unsafe struct RoiRegion
{
    public RoiRegion(Attributes a, float* roi, long height, long width)
    {
        bool half = a.String("coordinate_transformation_mode") == "half_pixel";
        float scale = a.Float("spatial_scale");
        float shift = half ? 0.5f : 0;
        Left = (roi[0] * scale) - shift;
        Top = (roi[1] * scale) - shift;
        float wide = (roi[2] * scale) - shift - Left;
        float high = (roi[3] * scale) - shift - Top;
        wide = half ? wide : Math.Max(wide, 1);
        high = half ? high : Math.Max(high, 1);
        BinHeight = high / height;
        BinWidth = wide / width;
        long ratio = a.Int("sampling_ratio");
        Down = ratio > 0 ? ratio : Math.Max(0, (long)MathF.Ceiling(high / height));
        Across = ratio > 0 ? ratio : Math.Max(0, (long)MathF.Ceiling(wide / width));
    }

    public float Left { get; }

    public float Top { get; }

    public float BinHeight { get; }

    public float BinWidth { get; }

    /// <summary>Samples of a bin along its height.</summary>
    public long Down { get; }

    /// <summary>Samples of a bin along its width.</summary>
    public long Across { get; }

    public float Count => Math.Max(1, Down * Across);

    public float Y(long bin, long sample) => Top + (bin * BinHeight) + ((sample + 0.5f) * BinHeight / Down);

    public float X(long bin, long sample) => Left + (bin * BinWidth) + ((sample + 0.5f) * BinWidth / Across);
}
