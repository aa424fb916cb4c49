namespace YarnDL.Nn;

/// <summary>In training a random number in the place of each number of x, drawn anew for each row and epoch; at all other times x itself: what a generator makes things of.</summary>
/// <param name="uniform">Uniform numbers of -1 .. 1; false: normal ones.</param>
public sealed class Noise(bool uniform = false) : Elementwise("RandomInput", new(("uniform", uniform ? 1L : 0L)));
