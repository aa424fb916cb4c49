namespace YarnDL.Tensors;

/// <summary>A typed window on memory that somebody else owns: what kernels read and write. Row-major, dense.</summary>
public readonly unsafe struct TensorView(void* data, DType type, Shape shape)
{
    public void* Data { get; } = data;

    public DType DType { get; } = type;

    public Shape Shape { get; } = shape;

    public long Count => Shape.ElementCount;

    public bool IsEmpty => Data == null;

    public float* F32 => (float*)Data;

    public long* I64 => (long*)Data;

    public int* I32 => (int*)Data;

    public byte* U8 => (byte*)Data;

    /// <summary>The elements as a span.</summary>
    /// <exception cref="InvalidCastException">T is not the element type.</exception>
    /// <exception cref="OverflowException">More than 2^31-1 elements.</exception>
    public Span<T> Span<T>() where T : unmanaged => DTypes.Of<T>() == DType || (DType == DType.Bool && typeof(T) == typeof(byte))
        ? new Span<T>(Data, checked((int)Count))
        : throw new InvalidCastException($"[tensor] holds {DType}, read as {typeof(T).Name}");
}
