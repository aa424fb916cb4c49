namespace YarnDL.Graphs.Ops.Families;

/// <summary>An element-wise computation on one line of up to three inputs; a fixed input gives its single element to the whole line.</summary>
public unsafe interface ILine
{
    static abstract void Run(void* a, bool fixedA, void* b, bool fixedB, void* c, bool fixedC, void* y, long count);
}
