namespace YarnDL.Data.Images;

/// <summary>How an image is resized; the formulas are those of OpenCV.</summary>
public enum Interpolation
{
    Nearest,
    Bilinear,
    Bicubic,
    Area,
}
