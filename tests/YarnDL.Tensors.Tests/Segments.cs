namespace YarnDL.Tensors.Tests;

/// <summary>Segment borders in native memory.</summary>
internal sealed unsafe class Segments : IDisposable
{
    private readonly Tensor _memory;

    public Segments(params int[] borders)
    {
        Borders = borders;
        _memory = Tensor.From<int>(new Shape(borders.Length), borders);
    }

    public int[] Borders { get; }

    public RowSegments Rows => new(_memory.View.I32, Borders.Length - 1);

    public void Dispose() => _memory.Dispose();
}
