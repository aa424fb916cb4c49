namespace YarnDL.Nn;

/// <summary>In training every image of (N, C, H, W) is turned, stretched and moved a little, another way in each epoch; borders are repeated. At rest x itself.</summary>
/// <param name="degrees">Turned by up to this.</param>
/// <param name="shift">Moved by up to this many pixels along each axis.</param>
/// <param name="scale">Stretched by 1 - scale to 1 + scale.</param>
public sealed class RandomAffine(double degrees = 0, double shift = 0, double scale = 0)
    : Elementwise("RandomAffine", new(("degrees", degrees), ("scale", scale), ("shift", shift)));
