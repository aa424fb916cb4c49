namespace YarnDL.Data.Images;

/// <summary>What the head of an encoded image says: size, channels as <see cref="PixelBuffer"/> counts them, bits per sample.</summary>
public readonly record struct ImageHead(int Width, int Height, int Channels, int Bits);
