using System.Runtime.Intrinsics;

namespace YarnDL.Nn;

/// <summary>The formula of an elementwise optimizer for 8 elements; scalars are fields, state vectors that it does not have come as zero.</summary>
internal interface IUpdateRule
{
    /// <summary>Changes the weights and the state from the gradient.</summary>
    void Apply(ref Vector256<float> w, Vector256<float> g, ref Vector256<float> s0, ref Vector256<float> s1, ref Vector256<float> s2);
}
