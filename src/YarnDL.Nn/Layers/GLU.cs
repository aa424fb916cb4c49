namespace YarnDL.Nn;

/// <summary>The first half of x along an axis times the sigmoid of the second. Dauphin et al. 2016.</summary>
/// <param name="axis">Never the row axis; its extent is even.</param>
public sealed class GLU(int axis = -1) : Elementwise("GLU", new(("axis", axis)));
