using System.Runtime.InteropServices;

namespace YarnDL.Tensors;

/// <summary>A dense row-major tensor that owns 64-byte aligned native memory, zero at creation.</summary>
public sealed unsafe class Tensor : IDisposable
{
    private void* _data;

    public Tensor(DType type, Shape shape)
    {
        DType = type;
        Shape = shape;
        nuint bytes = checked((nuint)(shape.ElementCount * type.Size()));
        _data = NativeMemory.AlignedAlloc(bytes + 64, 64);
        NativeMemory.Clear(_data, bytes + 64);
        GC.AddMemoryPressure((long)bytes + 64);
    }

    ~Tensor() => Free();

    public DType DType { get; }

    public Shape Shape { get; }

    public TensorView View => _data == null
        ? throw new ObjectDisposedException(nameof(Tensor))
        : new TensorView(_data, DType, Shape);

    /// <summary>The elements; see <see cref="TensorView.Span{T}"/>.</summary>
    public Span<T> Span<T>() where T : unmanaged => View.Span<T>();

    public static Tensor From<T>(Shape shape, ReadOnlySpan<T> values) where T : unmanaged
    {
        if (values.Length != shape.ElementCount)
        {
            throw new ArgumentException($"[tensor] shape {shape} has {shape.ElementCount} elements, {values.Length} values were given");
        }

        var t = new Tensor(DTypes.Of<T>(), shape);
        values.CopyTo(t.Span<T>());
        return t;
    }

    public static Tensor Scalar<T>(T value) where T : unmanaged => From(Shape.Scalar, [value]);

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_data != null)
        {
            NativeMemory.AlignedFree(_data);
            GC.RemoveMemoryPressure((Shape.ElementCount * DType.Size()) + 64);
            _data = null;
        }
    }
}
