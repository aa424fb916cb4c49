namespace YarnDL.Graphs.Ops.Families;

/// <summary>An operation on two truth values, 0 or 1.</summary>
public interface ILogical
{
    static abstract int Of(int a, int b);
}
