namespace YarnDL.Tensors;

/// <summary>Facts about element types.</summary>
public static class DTypes
{
    /// <summary>Bytes of one element.</summary>
    public static int Size(this DType type) => type switch
    {
        DType.Float32 or DType.Int32 => 4,
        DType.Float64 or DType.Int64 => 8,
        DType.Int16 or DType.UInt16 or DType.BFloat16 or DType.Float16 => 2,
        DType.Int8 or DType.UInt8 or DType.Bool => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "[dtype] unknown element type"),
    };

    /// <summary>True for float32, float64, bfloat16 and float16.</summary>
    public static bool IsFloat(this DType type) => type is DType.Float32 or DType.Float64 or DType.BFloat16 or DType.Float16;

    /// <summary>The element type that stores a .NET type; the halves have none.</summary>
    public static DType Of<T>() where T : unmanaged =>
        typeof(T) == typeof(float) ? DType.Float32 : typeof(T) == typeof(double) ? DType.Float64
        : typeof(T) == typeof(int) ? DType.Int32 : typeof(T) == typeof(long) ? DType.Int64
        : typeof(T) == typeof(byte) ? DType.UInt8 : typeof(T) == typeof(sbyte) ? DType.Int8
        : typeof(T) == typeof(short) ? DType.Int16 : typeof(T) == typeof(ushort) ? DType.UInt16
        : typeof(T) == typeof(bool) ? DType.Bool
        : throw new NotSupportedException($"[dtype] no element type stores {typeof(T).Name}");
}
