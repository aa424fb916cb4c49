using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace YarnDL.Tensors.Kernels;

/// <summary>Copies and transposes for panels. What lies beyond the lines is set to ordinary numbers: the innermost loop computes with it, and some numbers are slow.</summary>
internal static unsafe class Packing
{
    /// <summary>panel[t * width + i] = source[t * stride + i]: lines lie side by side already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Straight(float* source, nint stride, int count, int width, int terms, float* panel)
    {
        if (count == 16 && width == 16)
        {
            for (int t = 0; t < terms; t++)
            {
                Vector256<float> a = Vector256.Load(source);
                Vector256<float> b = Vector256.Load(source + 8);
                a.Store(panel);
                b.Store(panel + 8);
                source += stride;
                panel += 16;
            }

            return;
        }

        for (int t = 0; t < terms; t++)
        {
            Copy(source, panel, count);
            for (int i = count; i < width; i++)
            {
                panel[i] = 0;
            }

            source += stride;
            panel += width;
        }
    }

    /// <summary>panel[t * width + i] = lines[i][t]: each line is contiguous over the terms. May write up to 8 floats beyond the panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Across(float* lines, nint lineStride, int count, int width, int terms, float* panel)
    {
        float* block = stackalloc float[4 * 64];
        int groups = (count + 7) / 8;
        int t = 0;
        for (; t + 8 <= terms; t += 8)
        {
            for (int g = 0; g < groups; g++)
            {
                Transpose8(lines + (g * 8 * lineStride) + t, lineStride, Math.Min(8, count - (g * 8)), block + (g * 64));
            }

            // Ascending stores: what spills over the end of a narrow panel row is overwritten by the next one.
            float* row = panel + ((nint)t * width);
            for (int k = 0; k < 8; k++)
            {
                for (int g = 0; g < groups; g++)
                {
                    Vector256.Load(block + (g * 64) + (k * 8)).Store(row + (g * 8));
                }

                for (int g = groups; (g * 8) + 8 <= width; g++)
                {
                    Vector256<float>.Zero.Store(row + (g * 8));
                }

                row += width;
            }
        }

        for (; t < terms; t++)
        {
            for (int i = 0; i < width; i++)
            {
                panel[((nint)t * width) + i] = i < count ? lines[(i * lineStride) + t] : 0;
            }
        }
    }

    /// <summary>Copies exactly count floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(float* source, float* target, int count)
    {
        if (count >= 8)
        {
            int i = 0;
            for (; i + 8 <= count; i += 8)
            {
                Vector256.Load(source + i).Store(target + i);
            }

            if (i < count)
            {
                Vector256.Load(source + count - 8).Store(target + count - 8);
            }
        }
        else if (count >= 4)
        {
            Vector128<float> first = Vector128.Load(source);
            Vector128<float> last = Vector128.Load(source + count - 4);
            first.Store(target);
            last.Store(target + count - 4);
        }
        else
        {
            for (int i = 0; i < count; i++)
            {
                target[i] = source[i];
            }
        }
    }

    // block[k * 8 + i] = s[i * stride + k]; lines beyond count are taken as line 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose8(float* s, nint stride, int count, float* block)
    {
        Vector256<float> r0 = Vector256.Load(s);
        Vector256<float> r1 = Vector256.Load(s + (count > 1 ? stride : 0));
        Vector256<float> r2 = Vector256.Load(s + (count > 2 ? 2 * stride : 0));
        Vector256<float> r3 = Vector256.Load(s + (count > 3 ? 3 * stride : 0));
        Vector256<float> r4 = Vector256.Load(s + (count > 4 ? 4 * stride : 0));
        Vector256<float> r5 = Vector256.Load(s + (count > 5 ? 5 * stride : 0));
        Vector256<float> r6 = Vector256.Load(s + (count > 6 ? 6 * stride : 0));
        Vector256<float> r7 = Vector256.Load(s + (count > 7 ? 7 * stride : 0));
        Half(r0.GetLower(), r1.GetLower(), r2.GetLower(), r3.GetLower(), block);
        Half(r4.GetLower(), r5.GetLower(), r6.GetLower(), r7.GetLower(), block + 4);
        Half(r0.GetUpper(), r1.GetUpper(), r2.GetUpper(), r3.GetUpper(), block + 32);
        Half(r4.GetUpper(), r5.GetUpper(), r6.GetUpper(), r7.GetUpper(), block + 36);
    }

    // Four by four, rows of the result 8 floats apart.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Half(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d, float* block)
    {
        Vector128<float> ac0 = Low(a, c);
        Vector128<float> ac1 = High(a, c);
        Vector128<float> bd0 = Low(b, d);
        Vector128<float> bd1 = High(b, d);
        Low(ac0, bd0).Store(block);
        High(ac0, bd0).Store(block + 8);
        Low(ac1, bd1).Store(block + 16);
        High(ac1, bd1).Store(block + 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Low(Vector128<float> x, Vector128<float> y) => System.Runtime.Intrinsics.X86.Sse.IsSupported
        ? System.Runtime.Intrinsics.X86.Sse.UnpackLow(x, y)
        : Vector128.Create(x[0], y[0], x[1], y[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> High(Vector128<float> x, Vector128<float> y) => System.Runtime.Intrinsics.X86.Sse.IsSupported
        ? System.Runtime.Intrinsics.X86.Sse.UnpackHigh(x, y)
        : Vector128.Create(x[2], y[2], x[3], y[3]);
}
