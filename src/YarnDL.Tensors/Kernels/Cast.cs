using System.Numerics;
using System.Runtime.CompilerServices;

namespace YarnDL.Tensors.Kernels;

/// <summary>
/// Changes the element type. Floating point to integer cuts towards zero and saturates, NaN becomes 0; integers wrap among themselves;
/// anything but 0 becomes true; bfloat16 and float16 are rounded to nearest, halves to even.
/// </summary>
public static unsafe class Cast
{
    private const long Grain = 16384;

    private interface IElement<T> where T : unmanaged
    {
        static abstract double ToDouble(T value);

        static abstract long ToInt64(T value);

        static abstract T FromDouble(double value);

        static abstract T FromInt64(long value);

        static abstract bool IsFloat { get; }
    }

    /// <summary>y[i] = x[i] as the other type; the areas must not overlap unless the types are equal.</summary>
    public static void Run(ComputePool pool, long count, DType from, void* x, DType to, void* y)
    {
        if (from == to)
        {
            Memory.Copy(pool, count * from.Size(), x, y);
            return;
        }

        switch (from)
        {
            case DType.Float32: To<float, Number<float>>(pool, count, x, to, y); break;
            case DType.Float64: To<double, Number<double>>(pool, count, x, to, y); break;
            case DType.Int8: To<sbyte, Number<sbyte>>(pool, count, x, to, y); break;
            case DType.UInt8: To<byte, Number<byte>>(pool, count, x, to, y); break;
            case DType.Int16: To<short, Number<short>>(pool, count, x, to, y); break;
            case DType.UInt16: To<ushort, Number<ushort>>(pool, count, x, to, y); break;
            case DType.Int32: To<int, Number<int>>(pool, count, x, to, y); break;
            case DType.Int64: To<long, Number<long>>(pool, count, x, to, y); break;
            case DType.Bool: To<byte, Truth>(pool, count, x, to, y); break;
            case DType.BFloat16: To<ushort, Brain>(pool, count, x, to, y); break;
            case DType.Float16: To<ushort, Binary16>(pool, count, x, to, y); break;
            default: throw new ArgumentOutOfRangeException(nameof(from), from, "[cast] unknown element type");
        }
    }

    private static void To<TX, TXRule>(ComputePool pool, long count, void* x, DType to, void* y) where TX : unmanaged where TXRule : struct, IElement<TX>
    {
        switch (to)
        {
            case DType.Float32: Convert<TX, TXRule, float, Number<float>>(pool, count, x, y); break;
            case DType.Float64: Convert<TX, TXRule, double, Number<double>>(pool, count, x, y); break;
            case DType.Int8: Convert<TX, TXRule, sbyte, Number<sbyte>>(pool, count, x, y); break;
            case DType.UInt8: Convert<TX, TXRule, byte, Number<byte>>(pool, count, x, y); break;
            case DType.Int16: Convert<TX, TXRule, short, Number<short>>(pool, count, x, y); break;
            case DType.UInt16: Convert<TX, TXRule, ushort, Number<ushort>>(pool, count, x, y); break;
            case DType.Int32: Convert<TX, TXRule, int, Number<int>>(pool, count, x, y); break;
            case DType.Int64: Convert<TX, TXRule, long, Number<long>>(pool, count, x, y); break;
            case DType.Bool: Convert<TX, TXRule, byte, Truth>(pool, count, x, y); break;
            case DType.BFloat16: Convert<TX, TXRule, ushort, Brain>(pool, count, x, y); break;
            case DType.Float16: Convert<TX, TXRule, ushort, Binary16>(pool, count, x, y); break;
            default: throw new ArgumentOutOfRangeException(nameof(to), to, "[cast] unknown element type");
        }
    }

    private static void Convert<TX, TXRule, TY, TYRule>(ComputePool pool, long count, void* x, void* y)
        where TX : unmanaged where TXRule : struct, IElement<TX> where TY : unmanaged where TYRule : struct, IElement<TY>
    {
        var job = new Job<TX, TXRule, TY, TYRule> { Count = count, X = (TX*)x, Y = (TY*)y };
        pool.Run(ref job, (count + Grain - 1) / Grain);
    }

    private readonly struct Number<T> : IElement<T> where T : unmanaged, INumber<T>
    {
        public static bool IsFloat => typeof(T) == typeof(float) || typeof(T) == typeof(double);

        public static double ToDouble(T value) => double.CreateTruncating(value);

        public static long ToInt64(T value) => long.CreateTruncating(value);

        public static T FromDouble(double value) => IsFloat ? T.CreateTruncating(value) : double.IsNaN(value) ? T.Zero : T.CreateSaturating(value);

        public static T FromInt64(long value) => T.CreateTruncating(value);
    }

    private readonly struct Truth : IElement<byte>
    {
        public static bool IsFloat => false;

        public static double ToDouble(byte value) => value == 0 ? 0 : 1;

        public static long ToInt64(byte value) => value == 0 ? 0 : 1;

        public static byte FromDouble(double value) => value == 0 ? (byte)0 : (byte)1;

        public static byte FromInt64(long value) => value == 0 ? (byte)0 : (byte)1;
    }

    private readonly struct Brain : IElement<ushort>
    {
        public static bool IsFloat => true;

        public static double ToDouble(ushort value) => BitConverter.UInt32BitsToSingle((uint)value << 16);

        public static long ToInt64(ushort value) => (long)ToDouble(value);

        public static ushort FromDouble(double value)
        {
            uint bits = BitConverter.SingleToUInt32Bits((float)value);
            return double.IsNaN(value) ? (ushort)((bits >> 16) | 0x40) : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
        }

        public static ushort FromInt64(long value) => FromDouble(value);
    }

    private readonly struct Binary16 : IElement<ushort>
    {
        public static bool IsFloat => true;

        public static double ToDouble(ushort value) => (double)BitConverter.UInt16BitsToHalf(value);

        public static long ToInt64(ushort value) => (long)ToDouble(value);

        public static ushort FromDouble(double value) => BitConverter.HalfToUInt16Bits((Half)value);

        public static ushort FromInt64(long value) => FromDouble(value);
    }

    private struct Job<TX, TXRule, TY, TYRule> : IParallelJob
        where TX : unmanaged where TXRule : struct, IElement<TX> where TY : unmanaged where TYRule : struct, IElement<TY>
    {
        public long Count;
        public TX* X;
        public TY* Y;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Execute(long item, int thread)
        {
            long end = Math.Min(Count, (item + 1) * Grain);
            for (long i = item * Grain; i < end; i++)
            {
                Y[i] = TXRule.IsFloat ? TYRule.FromDouble(TXRule.ToDouble(X[i])) : TYRule.FromInt64(TXRule.ToInt64(X[i]));
            }
        }
    }
}
