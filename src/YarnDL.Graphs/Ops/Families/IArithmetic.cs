using System.Numerics;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>An operation on two integers.</summary>
public interface IArithmetic
{
    static abstract T Of<T>(T a, T b)
        where T : IBinaryInteger<T>;

    /// <summary>The operation on extents that are known before the run; null when the result is no extent.</summary>
    static abstract Dim? Of(Dim a, Dim b);
}
