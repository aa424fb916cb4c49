using System.Numerics;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>A test of two numbers.</summary>
public interface ICompare
{
    static abstract bool Holds<T>(T a, T b)
        where T : INumber<T>;
}
