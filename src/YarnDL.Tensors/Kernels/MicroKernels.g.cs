// Written by MicroKernels.gen.py; do not edit.
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace YarnDL.Tensors.Kernels;

/// <summary>Tiles of up to 6 x 8 with 128-bit vectors.</summary>
internal unsafe struct PortableKernel : IMicroKernel
{
    public static int Height => 6;

    public static int Width => 8;

    public static void Run(int height, nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn)
    {
        switch (height)
        {
            case 1: Run1(terms, a, b, strideB, tile, goesOn); break;
            case 2: Run2(terms, a, b, strideB, tile, goesOn); break;
            case 3: Run3(terms, a, b, strideB, tile, goesOn); break;
            case 4: Run4(terms, a, b, strideB, tile, goesOn); break;
            case 5: Run5(terms, a, b, strideB, tile, goesOn); break;
            case 6: Run6(terms, a, b, strideB, tile, goesOn); break;
        }
    }

    public static void RunTaps(int height, nint terms, float* a, float* source, int* offsets, float* tile)
    {
        switch (height)
        {
            case 1: Taps1(terms, a, source, offsets, tile); break;
            case 2: Taps2(terms, a, source, offsets, tile); break;
            case 3: Taps3(terms, a, source, offsets, tile); break;
            case 4: Taps4(terms, a, source, offsets, tile); break;
            case 5: Taps5(terms, a, source, offsets, tile); break;
            case 6: Taps6(terms, a, source, offsets, tile); break;
        }
    }

    public static void RunPixels(int height, nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn)
    {
        switch (height)
        {
            case 1: Pixels1(terms, source, pixels, taps, b, tile, goesOn); break;
            case 2: Pixels2(terms, source, pixels, taps, b, tile, goesOn); break;
            case 3: Pixels3(terms, source, pixels, taps, b, tile, goesOn); break;
            case 4: Pixels4(terms, source, pixels, taps, b, tile, goesOn); break;
            case 5: Pixels5(terms, source, pixels, taps, b, tile, goesOn); break;
            case 6: Pixels6(terms, source, pixels, taps, b, tile, goesOn); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Fma(Vector128<float> x, Vector128<float> y, Vector128<float> z) => Vector128.FusedMultiplyAdd(x, y, z);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run1(nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn)
    {
        var c0a = Vector128<float>.Zero;
        var c0b = Vector128<float>.Zero;
        if (goesOn)
        {
            c0a = Vector128.Load(tile + 0);
            c0b = Vector128.Load(tile + 4);
        }

        for (; terms >= 4; terms -= 4)
        {
            {
                Vector128<float> b0 = Vector128.Load(b);
                Vector128<float> b1 = Vector128.Load(b + 4);
                Vector128<float> x = Vector128.Create(a[0]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
            }

            {
                Vector128<float> b0 = Vector128.Load(b + (1 * strideB));
                Vector128<float> b1 = Vector128.Load(b + (1 * strideB) + 4);
                Vector128<float> x = Vector128.Create(a[1]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
            }

            {
                Vector128<float> b0 = Vector128.Load(b + (2 * strideB));
                Vector128<float> b1 = Vector128.Load(b + (2 * strideB) + 4);
                Vector128<float> x = Vector128.Create(a[2]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
            }

            {
                Vector128<float> b0 = Vector128.Load(b + (3 * strideB));
                Vector128<float> b1 = Vector128.Load(b + (3 * strideB) + 4);
                Vector128<float> x = Vector128.Create(a[3]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
            }

            a += 4;
            b += 4 * strideB;
        }

        for (; terms > 0; terms--)
        {
            Vector128<float> b0 = Vector128.Load(b);
            Vector128<float> b1 = Vector128.Load(b + 4);
            Vector128<float> x = Vector128.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            a += 1;
            b += strideB;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run2(nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn)
    {
        var c0a = Vector128<float>.Zero;
        var c0b = Vector128<float>.Zero;
        var c1a = Vector128<float>.Zero;
        var c1b = Vector128<float>.Zero;
        if (goesOn)
        {
            c0a = Vector128.Load(tile + 0);
            c0b = Vector128.Load(tile + 4);
            c1a = Vector128.Load(tile + 8);
            c1b = Vector128.Load(tile + 12);
        }

        for (; terms >= 4; terms -= 4)
        {
            {
                Vector128<float> b0 = Vector128.Load(b);
                Vector128<float> b1 = Vector128.Load(b + 4);
                Vector128<float> x = Vector128.Create(a[0]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector128.Create(a[1]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
            }

            {
                Vector128<float> b0 = Vector128.Load(b + (1 * strideB));
                Vector128<float> b1 = Vector128.Load(b + (1 * strideB) + 4);
                Vector128<float> x = Vector128.Create(a[2]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector128.Create(a[3]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
            }

            {
                Vector128<float> b0 = Vector128.Load(b + (2 * strideB));
                Vector128<float> b1 = Vector128.Load(b + (2 * strideB) + 4);
                Vector128<float> x = Vector128.Create(a[4]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector128.Create(a[5]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
            }

            {
                Vector128<float> b0 = Vector128.Load(b + (3 * strideB));
                Vector128<float> b1 = Vector128.Load(b + (3 * strideB) + 4);
                Vector128<float> x = Vector128.Create(a[6]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector128.Create(a[7]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
            }

            a += 8;
            b += 4 * strideB;
        }

        for (; terms > 0; terms--)
        {
            Vector128<float> b0 = Vector128.Load(b);
            Vector128<float> b1 = Vector128.Load(b + 4);
            Vector128<float> x = Vector128.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector128.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            a += 2;
            b += strideB;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 4);
        c1a.Store(tile + 8);
        c1b.Store(tile + 12);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run3(nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn)
    {
        var c0a = Vector128<float>.Zero;
        var c0b = Vector128<float>.Zero;
        var c1a = Vector128<float>.Zero;
        var c1b = Vector128<float>.Zero;
        var c2a = Vector128<float>.Zero;
        var c2b = Vector128<float>.Zero;
        if (goesOn)
        {
            c0a = Vector128.Load(tile + 0);
            c0b = Vector128.Load(tile + 4);
            c1a = Vector128.Load(tile + 8);
            c1b = Vector128.Load(tile + 12);
            c2a = Vector128.Load(tile + 16);
            c2b = Vector128.Load(tile + 20);
        }

        for (; terms >= 4; terms -= 4)
        {
            {
                Vector128<float> b0 = Vector128.Load(b);
                Vector128<float> b1 = Vector128.Load(b + 4);
                Vector128<float> x = Vector128.Create(a[0]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector128.Create(a[1]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector128.Create(a[2]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
            }

            {
                Vector128<float> b0 = Vector128.Load(b + (1 * strideB));
                Vector128<float> b1 = Vector128.Load(b + (1 * strideB) + 4);
                Vector128<float> x = Vector128.Create(a[3]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector128.Create(a[4]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector128.Create(a[5]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
            }

            {
                Vector128<float> b0 = Vector128.Load(b + (2 * strideB));
                Vector128<float> b1 = Vector128.Load(b + (2 * strideB) + 4);
                Vector128<float> x = Vector128.Create(a[6]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector128.Create(a[7]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector128.Create(a[8]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
            }

            {
                Vector128<float> b0 = Vector128.Load(b + (3 * strideB));
                Vector128<float> b1 = Vector128.Load(b + (3 * strideB) + 4);
                Vector128<float> x = Vector128.Create(a[9]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector128.Create(a[10]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector128.Create(a[11]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
            }

            a += 12;
            b += 4 * strideB;
        }

        for (; terms > 0; terms--)
        {
            Vector128<float> b0 = Vector128.Load(b);
            Vector128<float> b1 = Vector128.Load(b + 4);
            Vector128<float> x = Vector128.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector128.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector128.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            a += 3;
            b += strideB;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 4);
        c1a.Store(tile + 8);
        c1b.Store(tile + 12);
        c2a.Store(tile + 16);
        c2b.Store(tile + 20);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run4(nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn)
    {
        var c0a = Vector128<float>.Zero;
        var c0b = Vector128<float>.Zero;
        var c1a = Vector128<float>.Zero;
        var c1b = Vector128<float>.Zero;
        var c2a = Vector128<float>.Zero;
        var c2b = Vector128<float>.Zero;
        var c3a = Vector128<float>.Zero;
        var c3b = Vector128<float>.Zero;
        if (goesOn)
        {
            c0a = Vector128.Load(tile + 0);
            c0b = Vector128.Load(tile + 4);
            c1a = Vector128.Load(tile + 8);
            c1b = Vector128.Load(tile + 12);
            c2a = Vector128.Load(tile + 16);
            c2b = Vector128.Load(tile + 20);
            c3a = Vector128.Load(tile + 24);
            c3b = Vector128.Load(tile + 28);
        }

        for (; terms >= 4; terms -= 4)
        {
            {
                Vector128<float> b0 = Vector128.Load(b);
                Vector128<float> b1 = Vector128.Load(b + 4);
                Vector128<float> x = Vector128.Create(a[0]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector128.Create(a[1]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector128.Create(a[2]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector128.Create(a[3]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
            }

            {
                Vector128<float> b0 = Vector128.Load(b + (1 * strideB));
                Vector128<float> b1 = Vector128.Load(b + (1 * strideB) + 4);
                Vector128<float> x = Vector128.Create(a[4]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector128.Create(a[5]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector128.Create(a[6]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector128.Create(a[7]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
            }

            {
                Vector128<float> b0 = Vector128.Load(b + (2 * strideB));
                Vector128<float> b1 = Vector128.Load(b + (2 * strideB) + 4);
                Vector128<float> x = Vector128.Create(a[8]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector128.Create(a[9]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector128.Create(a[10]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector128.Create(a[11]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
            }

            {
                Vector128<float> b0 = Vector128.Load(b + (3 * strideB));
                Vector128<float> b1 = Vector128.Load(b + (3 * strideB) + 4);
                Vector128<float> x = Vector128.Create(a[12]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector128.Create(a[13]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector128.Create(a[14]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector128.Create(a[15]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
            }

            a += 16;
            b += 4 * strideB;
        }

        for (; terms > 0; terms--)
        {
            Vector128<float> b0 = Vector128.Load(b);
            Vector128<float> b1 = Vector128.Load(b + 4);
            Vector128<float> x = Vector128.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector128.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector128.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector128.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            a += 4;
            b += strideB;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 4);
        c1a.Store(tile + 8);
        c1b.Store(tile + 12);
        c2a.Store(tile + 16);
        c2b.Store(tile + 20);
        c3a.Store(tile + 24);
        c3b.Store(tile + 28);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run5(nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn)
    {
        var c0a = Vector128<float>.Zero;
        var c0b = Vector128<float>.Zero;
        var c1a = Vector128<float>.Zero;
        var c1b = Vector128<float>.Zero;
        var c2a = Vector128<float>.Zero;
        var c2b = Vector128<float>.Zero;
        var c3a = Vector128<float>.Zero;
        var c3b = Vector128<float>.Zero;
        var c4a = Vector128<float>.Zero;
        var c4b = Vector128<float>.Zero;
        if (goesOn)
        {
            c0a = Vector128.Load(tile + 0);
            c0b = Vector128.Load(tile + 4);
            c1a = Vector128.Load(tile + 8);
            c1b = Vector128.Load(tile + 12);
            c2a = Vector128.Load(tile + 16);
            c2b = Vector128.Load(tile + 20);
            c3a = Vector128.Load(tile + 24);
            c3b = Vector128.Load(tile + 28);
            c4a = Vector128.Load(tile + 32);
            c4b = Vector128.Load(tile + 36);
        }

        for (; terms >= 4; terms -= 4)
        {
            {
                Vector128<float> b0 = Vector128.Load(b);
                Vector128<float> b1 = Vector128.Load(b + 4);
                Vector128<float> x = Vector128.Create(a[0]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector128.Create(a[1]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector128.Create(a[2]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector128.Create(a[3]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector128.Create(a[4]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
            }

            {
                Vector128<float> b0 = Vector128.Load(b + (1 * strideB));
                Vector128<float> b1 = Vector128.Load(b + (1 * strideB) + 4);
                Vector128<float> x = Vector128.Create(a[5]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector128.Create(a[6]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector128.Create(a[7]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector128.Create(a[8]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector128.Create(a[9]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
            }

            {
                Vector128<float> b0 = Vector128.Load(b + (2 * strideB));
                Vector128<float> b1 = Vector128.Load(b + (2 * strideB) + 4);
                Vector128<float> x = Vector128.Create(a[10]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector128.Create(a[11]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector128.Create(a[12]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector128.Create(a[13]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector128.Create(a[14]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
            }

            {
                Vector128<float> b0 = Vector128.Load(b + (3 * strideB));
                Vector128<float> b1 = Vector128.Load(b + (3 * strideB) + 4);
                Vector128<float> x = Vector128.Create(a[15]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector128.Create(a[16]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector128.Create(a[17]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector128.Create(a[18]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector128.Create(a[19]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
            }

            a += 20;
            b += 4 * strideB;
        }

        for (; terms > 0; terms--)
        {
            Vector128<float> b0 = Vector128.Load(b);
            Vector128<float> b1 = Vector128.Load(b + 4);
            Vector128<float> x = Vector128.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector128.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector128.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector128.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector128.Create(a[4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            a += 5;
            b += strideB;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 4);
        c1a.Store(tile + 8);
        c1b.Store(tile + 12);
        c2a.Store(tile + 16);
        c2b.Store(tile + 20);
        c3a.Store(tile + 24);
        c3b.Store(tile + 28);
        c4a.Store(tile + 32);
        c4b.Store(tile + 36);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run6(nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn)
    {
        var c0a = Vector128<float>.Zero;
        var c0b = Vector128<float>.Zero;
        var c1a = Vector128<float>.Zero;
        var c1b = Vector128<float>.Zero;
        var c2a = Vector128<float>.Zero;
        var c2b = Vector128<float>.Zero;
        var c3a = Vector128<float>.Zero;
        var c3b = Vector128<float>.Zero;
        var c4a = Vector128<float>.Zero;
        var c4b = Vector128<float>.Zero;
        var c5a = Vector128<float>.Zero;
        var c5b = Vector128<float>.Zero;
        if (goesOn)
        {
            c0a = Vector128.Load(tile + 0);
            c0b = Vector128.Load(tile + 4);
            c1a = Vector128.Load(tile + 8);
            c1b = Vector128.Load(tile + 12);
            c2a = Vector128.Load(tile + 16);
            c2b = Vector128.Load(tile + 20);
            c3a = Vector128.Load(tile + 24);
            c3b = Vector128.Load(tile + 28);
            c4a = Vector128.Load(tile + 32);
            c4b = Vector128.Load(tile + 36);
            c5a = Vector128.Load(tile + 40);
            c5b = Vector128.Load(tile + 44);
        }

        for (; terms >= 4; terms -= 4)
        {
            {
                Vector128<float> b0 = Vector128.Load(b);
                Vector128<float> b1 = Vector128.Load(b + 4);
                Vector128<float> x = Vector128.Create(a[0]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector128.Create(a[1]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector128.Create(a[2]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector128.Create(a[3]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector128.Create(a[4]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
                x = Vector128.Create(a[5]);
                c5a = Fma(x, b0, c5a);
                c5b = Fma(x, b1, c5b);
            }

            {
                Vector128<float> b0 = Vector128.Load(b + (1 * strideB));
                Vector128<float> b1 = Vector128.Load(b + (1 * strideB) + 4);
                Vector128<float> x = Vector128.Create(a[6]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector128.Create(a[7]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector128.Create(a[8]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector128.Create(a[9]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector128.Create(a[10]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
                x = Vector128.Create(a[11]);
                c5a = Fma(x, b0, c5a);
                c5b = Fma(x, b1, c5b);
            }

            {
                Vector128<float> b0 = Vector128.Load(b + (2 * strideB));
                Vector128<float> b1 = Vector128.Load(b + (2 * strideB) + 4);
                Vector128<float> x = Vector128.Create(a[12]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector128.Create(a[13]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector128.Create(a[14]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector128.Create(a[15]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector128.Create(a[16]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
                x = Vector128.Create(a[17]);
                c5a = Fma(x, b0, c5a);
                c5b = Fma(x, b1, c5b);
            }

            {
                Vector128<float> b0 = Vector128.Load(b + (3 * strideB));
                Vector128<float> b1 = Vector128.Load(b + (3 * strideB) + 4);
                Vector128<float> x = Vector128.Create(a[18]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector128.Create(a[19]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector128.Create(a[20]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector128.Create(a[21]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector128.Create(a[22]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
                x = Vector128.Create(a[23]);
                c5a = Fma(x, b0, c5a);
                c5b = Fma(x, b1, c5b);
            }

            a += 24;
            b += 4 * strideB;
        }

        for (; terms > 0; terms--)
        {
            Vector128<float> b0 = Vector128.Load(b);
            Vector128<float> b1 = Vector128.Load(b + 4);
            Vector128<float> x = Vector128.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector128.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector128.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector128.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector128.Create(a[4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            x = Vector128.Create(a[5]);
            c5a = Fma(x, b0, c5a);
            c5b = Fma(x, b1, c5b);
            a += 6;
            b += strideB;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 4);
        c1a.Store(tile + 8);
        c1b.Store(tile + 12);
        c2a.Store(tile + 16);
        c2b.Store(tile + 20);
        c3a.Store(tile + 24);
        c3b.Store(tile + 28);
        c4a.Store(tile + 32);
        c4b.Store(tile + 36);
        c5a.Store(tile + 40);
        c5b.Store(tile + 44);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps1(nint terms, float* a, float* source, int* offsets, float* tile)
    {
        var c0a = Vector128<float>.Zero;
        var c0b = Vector128<float>.Zero;
        for (nint k = 0; k < terms; k++)
        {
            float* b = source + offsets[k];
            Vector128<float> b0 = Vector128.Load(b);
            Vector128<float> b1 = Vector128.Load(b + 4);
            Vector128<float> x = Vector128.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            a += 1;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps2(nint terms, float* a, float* source, int* offsets, float* tile)
    {
        var c0a = Vector128<float>.Zero;
        var c0b = Vector128<float>.Zero;
        var c1a = Vector128<float>.Zero;
        var c1b = Vector128<float>.Zero;
        for (nint k = 0; k < terms; k++)
        {
            float* b = source + offsets[k];
            Vector128<float> b0 = Vector128.Load(b);
            Vector128<float> b1 = Vector128.Load(b + 4);
            Vector128<float> x = Vector128.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector128.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            a += 2;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 4);
        c1a.Store(tile + 8);
        c1b.Store(tile + 12);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps3(nint terms, float* a, float* source, int* offsets, float* tile)
    {
        var c0a = Vector128<float>.Zero;
        var c0b = Vector128<float>.Zero;
        var c1a = Vector128<float>.Zero;
        var c1b = Vector128<float>.Zero;
        var c2a = Vector128<float>.Zero;
        var c2b = Vector128<float>.Zero;
        for (nint k = 0; k < terms; k++)
        {
            float* b = source + offsets[k];
            Vector128<float> b0 = Vector128.Load(b);
            Vector128<float> b1 = Vector128.Load(b + 4);
            Vector128<float> x = Vector128.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector128.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector128.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            a += 3;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 4);
        c1a.Store(tile + 8);
        c1b.Store(tile + 12);
        c2a.Store(tile + 16);
        c2b.Store(tile + 20);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps4(nint terms, float* a, float* source, int* offsets, float* tile)
    {
        var c0a = Vector128<float>.Zero;
        var c0b = Vector128<float>.Zero;
        var c1a = Vector128<float>.Zero;
        var c1b = Vector128<float>.Zero;
        var c2a = Vector128<float>.Zero;
        var c2b = Vector128<float>.Zero;
        var c3a = Vector128<float>.Zero;
        var c3b = Vector128<float>.Zero;
        for (nint k = 0; k < terms; k++)
        {
            float* b = source + offsets[k];
            Vector128<float> b0 = Vector128.Load(b);
            Vector128<float> b1 = Vector128.Load(b + 4);
            Vector128<float> x = Vector128.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector128.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector128.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector128.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            a += 4;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 4);
        c1a.Store(tile + 8);
        c1b.Store(tile + 12);
        c2a.Store(tile + 16);
        c2b.Store(tile + 20);
        c3a.Store(tile + 24);
        c3b.Store(tile + 28);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps5(nint terms, float* a, float* source, int* offsets, float* tile)
    {
        var c0a = Vector128<float>.Zero;
        var c0b = Vector128<float>.Zero;
        var c1a = Vector128<float>.Zero;
        var c1b = Vector128<float>.Zero;
        var c2a = Vector128<float>.Zero;
        var c2b = Vector128<float>.Zero;
        var c3a = Vector128<float>.Zero;
        var c3b = Vector128<float>.Zero;
        var c4a = Vector128<float>.Zero;
        var c4b = Vector128<float>.Zero;
        for (nint k = 0; k < terms; k++)
        {
            float* b = source + offsets[k];
            Vector128<float> b0 = Vector128.Load(b);
            Vector128<float> b1 = Vector128.Load(b + 4);
            Vector128<float> x = Vector128.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector128.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector128.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector128.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector128.Create(a[4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            a += 5;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 4);
        c1a.Store(tile + 8);
        c1b.Store(tile + 12);
        c2a.Store(tile + 16);
        c2b.Store(tile + 20);
        c3a.Store(tile + 24);
        c3b.Store(tile + 28);
        c4a.Store(tile + 32);
        c4b.Store(tile + 36);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps6(nint terms, float* a, float* source, int* offsets, float* tile)
    {
        var c0a = Vector128<float>.Zero;
        var c0b = Vector128<float>.Zero;
        var c1a = Vector128<float>.Zero;
        var c1b = Vector128<float>.Zero;
        var c2a = Vector128<float>.Zero;
        var c2b = Vector128<float>.Zero;
        var c3a = Vector128<float>.Zero;
        var c3b = Vector128<float>.Zero;
        var c4a = Vector128<float>.Zero;
        var c4b = Vector128<float>.Zero;
        var c5a = Vector128<float>.Zero;
        var c5b = Vector128<float>.Zero;
        for (nint k = 0; k < terms; k++)
        {
            float* b = source + offsets[k];
            Vector128<float> b0 = Vector128.Load(b);
            Vector128<float> b1 = Vector128.Load(b + 4);
            Vector128<float> x = Vector128.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector128.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector128.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector128.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector128.Create(a[4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            x = Vector128.Create(a[5]);
            c5a = Fma(x, b0, c5a);
            c5b = Fma(x, b1, c5b);
            a += 6;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 4);
        c1a.Store(tile + 8);
        c1b.Store(tile + 12);
        c2a.Store(tile + 16);
        c2b.Store(tile + 20);
        c3a.Store(tile + 24);
        c3b.Store(tile + 28);
        c4a.Store(tile + 32);
        c4b.Store(tile + 36);
        c5a.Store(tile + 40);
        c5b.Store(tile + 44);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pixels1(nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn)
    {
        var c0a = Vector128<float>.Zero;
        var c0b = Vector128<float>.Zero;
        if (goesOn)
        {
            c0a = Vector128.Load(tile + 0);
            c0b = Vector128.Load(tile + 4);
        }

        nint t0 = taps[0];
        for (nint k = 0; k < terms; k++)
        {
            float* a = source + pixels[k];
            Vector128<float> b0 = Vector128.Load(b);
            Vector128<float> b1 = Vector128.Load(b + 4);
            Vector128<float> x = Vector128.Create(a[t0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            b += 8;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pixels2(nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn)
    {
        var c0a = Vector128<float>.Zero;
        var c0b = Vector128<float>.Zero;
        var c1a = Vector128<float>.Zero;
        var c1b = Vector128<float>.Zero;
        if (goesOn)
        {
            c0a = Vector128.Load(tile + 0);
            c0b = Vector128.Load(tile + 4);
            c1a = Vector128.Load(tile + 8);
            c1b = Vector128.Load(tile + 12);
        }

        nint t0 = taps[0];
        nint t1 = taps[1];
        for (nint k = 0; k < terms; k++)
        {
            float* a = source + pixels[k];
            Vector128<float> b0 = Vector128.Load(b);
            Vector128<float> b1 = Vector128.Load(b + 4);
            Vector128<float> x = Vector128.Create(a[t0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector128.Create(a[t1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            b += 8;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 4);
        c1a.Store(tile + 8);
        c1b.Store(tile + 12);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pixels3(nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn)
    {
        var c0a = Vector128<float>.Zero;
        var c0b = Vector128<float>.Zero;
        var c1a = Vector128<float>.Zero;
        var c1b = Vector128<float>.Zero;
        var c2a = Vector128<float>.Zero;
        var c2b = Vector128<float>.Zero;
        if (goesOn)
        {
            c0a = Vector128.Load(tile + 0);
            c0b = Vector128.Load(tile + 4);
            c1a = Vector128.Load(tile + 8);
            c1b = Vector128.Load(tile + 12);
            c2a = Vector128.Load(tile + 16);
            c2b = Vector128.Load(tile + 20);
        }

        nint t0 = taps[0];
        nint t1 = taps[1];
        nint t2 = taps[2];
        for (nint k = 0; k < terms; k++)
        {
            float* a = source + pixels[k];
            Vector128<float> b0 = Vector128.Load(b);
            Vector128<float> b1 = Vector128.Load(b + 4);
            Vector128<float> x = Vector128.Create(a[t0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector128.Create(a[t1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector128.Create(a[t2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            b += 8;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 4);
        c1a.Store(tile + 8);
        c1b.Store(tile + 12);
        c2a.Store(tile + 16);
        c2b.Store(tile + 20);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pixels4(nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn)
    {
        var c0a = Vector128<float>.Zero;
        var c0b = Vector128<float>.Zero;
        var c1a = Vector128<float>.Zero;
        var c1b = Vector128<float>.Zero;
        var c2a = Vector128<float>.Zero;
        var c2b = Vector128<float>.Zero;
        var c3a = Vector128<float>.Zero;
        var c3b = Vector128<float>.Zero;
        if (goesOn)
        {
            c0a = Vector128.Load(tile + 0);
            c0b = Vector128.Load(tile + 4);
            c1a = Vector128.Load(tile + 8);
            c1b = Vector128.Load(tile + 12);
            c2a = Vector128.Load(tile + 16);
            c2b = Vector128.Load(tile + 20);
            c3a = Vector128.Load(tile + 24);
            c3b = Vector128.Load(tile + 28);
        }

        nint t0 = taps[0];
        nint t1 = taps[1];
        nint t2 = taps[2];
        nint t3 = taps[3];
        for (nint k = 0; k < terms; k++)
        {
            float* a = source + pixels[k];
            Vector128<float> b0 = Vector128.Load(b);
            Vector128<float> b1 = Vector128.Load(b + 4);
            Vector128<float> x = Vector128.Create(a[t0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector128.Create(a[t1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector128.Create(a[t2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector128.Create(a[t3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            b += 8;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 4);
        c1a.Store(tile + 8);
        c1b.Store(tile + 12);
        c2a.Store(tile + 16);
        c2b.Store(tile + 20);
        c3a.Store(tile + 24);
        c3b.Store(tile + 28);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pixels5(nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn)
    {
        var c0a = Vector128<float>.Zero;
        var c0b = Vector128<float>.Zero;
        var c1a = Vector128<float>.Zero;
        var c1b = Vector128<float>.Zero;
        var c2a = Vector128<float>.Zero;
        var c2b = Vector128<float>.Zero;
        var c3a = Vector128<float>.Zero;
        var c3b = Vector128<float>.Zero;
        var c4a = Vector128<float>.Zero;
        var c4b = Vector128<float>.Zero;
        if (goesOn)
        {
            c0a = Vector128.Load(tile + 0);
            c0b = Vector128.Load(tile + 4);
            c1a = Vector128.Load(tile + 8);
            c1b = Vector128.Load(tile + 12);
            c2a = Vector128.Load(tile + 16);
            c2b = Vector128.Load(tile + 20);
            c3a = Vector128.Load(tile + 24);
            c3b = Vector128.Load(tile + 28);
            c4a = Vector128.Load(tile + 32);
            c4b = Vector128.Load(tile + 36);
        }

        nint t0 = taps[0];
        nint t1 = taps[1];
        nint t2 = taps[2];
        nint t3 = taps[3];
        nint t4 = taps[4];
        for (nint k = 0; k < terms; k++)
        {
            float* a = source + pixels[k];
            Vector128<float> b0 = Vector128.Load(b);
            Vector128<float> b1 = Vector128.Load(b + 4);
            Vector128<float> x = Vector128.Create(a[t0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector128.Create(a[t1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector128.Create(a[t2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector128.Create(a[t3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector128.Create(a[t4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            b += 8;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 4);
        c1a.Store(tile + 8);
        c1b.Store(tile + 12);
        c2a.Store(tile + 16);
        c2b.Store(tile + 20);
        c3a.Store(tile + 24);
        c3b.Store(tile + 28);
        c4a.Store(tile + 32);
        c4b.Store(tile + 36);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pixels6(nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn)
    {
        var c0a = Vector128<float>.Zero;
        var c0b = Vector128<float>.Zero;
        var c1a = Vector128<float>.Zero;
        var c1b = Vector128<float>.Zero;
        var c2a = Vector128<float>.Zero;
        var c2b = Vector128<float>.Zero;
        var c3a = Vector128<float>.Zero;
        var c3b = Vector128<float>.Zero;
        var c4a = Vector128<float>.Zero;
        var c4b = Vector128<float>.Zero;
        var c5a = Vector128<float>.Zero;
        var c5b = Vector128<float>.Zero;
        if (goesOn)
        {
            c0a = Vector128.Load(tile + 0);
            c0b = Vector128.Load(tile + 4);
            c1a = Vector128.Load(tile + 8);
            c1b = Vector128.Load(tile + 12);
            c2a = Vector128.Load(tile + 16);
            c2b = Vector128.Load(tile + 20);
            c3a = Vector128.Load(tile + 24);
            c3b = Vector128.Load(tile + 28);
            c4a = Vector128.Load(tile + 32);
            c4b = Vector128.Load(tile + 36);
            c5a = Vector128.Load(tile + 40);
            c5b = Vector128.Load(tile + 44);
        }

        nint t0 = taps[0];
        nint t1 = taps[1];
        nint t2 = taps[2];
        nint t3 = taps[3];
        nint t4 = taps[4];
        nint t5 = taps[5];
        for (nint k = 0; k < terms; k++)
        {
            float* a = source + pixels[k];
            Vector128<float> b0 = Vector128.Load(b);
            Vector128<float> b1 = Vector128.Load(b + 4);
            Vector128<float> x = Vector128.Create(a[t0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector128.Create(a[t1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector128.Create(a[t2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector128.Create(a[t3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector128.Create(a[t4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            x = Vector128.Create(a[t5]);
            c5a = Fma(x, b0, c5a);
            c5b = Fma(x, b1, c5b);
            b += 8;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 4);
        c1a.Store(tile + 8);
        c1b.Store(tile + 12);
        c2a.Store(tile + 16);
        c2b.Store(tile + 20);
        c3a.Store(tile + 24);
        c3b.Store(tile + 28);
        c4a.Store(tile + 32);
        c4b.Store(tile + 36);
        c5a.Store(tile + 40);
        c5b.Store(tile + 44);
    }
}

/// <summary>Tiles of up to 6 x 16 with 256-bit vectors.</summary>
internal unsafe struct Avx2Kernel : IMicroKernel
{
    public static int Height => 6;

    public static int Width => 16;

    public static void Run(int height, nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn)
    {
        switch (height)
        {
            case 1: Run1(terms, a, b, strideB, tile, goesOn); break;
            case 2: Run2(terms, a, b, strideB, tile, goesOn); break;
            case 3: Run3(terms, a, b, strideB, tile, goesOn); break;
            case 4: Run4(terms, a, b, strideB, tile, goesOn); break;
            case 5: Run5(terms, a, b, strideB, tile, goesOn); break;
            case 6: Run6(terms, a, b, strideB, tile, goesOn); break;
        }
    }

    public static void RunTaps(int height, nint terms, float* a, float* source, int* offsets, float* tile)
    {
        switch (height)
        {
            case 1: Taps1(terms, a, source, offsets, tile); break;
            case 2: Taps2(terms, a, source, offsets, tile); break;
            case 3: Taps3(terms, a, source, offsets, tile); break;
            case 4: Taps4(terms, a, source, offsets, tile); break;
            case 5: Taps5(terms, a, source, offsets, tile); break;
            case 6: Taps6(terms, a, source, offsets, tile); break;
        }
    }

    public static void RunPixels(int height, nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn)
    {
        switch (height)
        {
            case 1: Pixels1(terms, source, pixels, taps, b, tile, goesOn); break;
            case 2: Pixels2(terms, source, pixels, taps, b, tile, goesOn); break;
            case 3: Pixels3(terms, source, pixels, taps, b, tile, goesOn); break;
            case 4: Pixels4(terms, source, pixels, taps, b, tile, goesOn); break;
            case 5: Pixels5(terms, source, pixels, taps, b, tile, goesOn); break;
            case 6: Pixels6(terms, source, pixels, taps, b, tile, goesOn); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Fma(Vector256<float> x, Vector256<float> y, Vector256<float> z) => Vector256.FusedMultiplyAdd(x, y, z);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run1(nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn)
    {
        var c0a = Vector256<float>.Zero;
        var c0b = Vector256<float>.Zero;
        if (goesOn)
        {
            c0a = Vector256.Load(tile + 0);
            c0b = Vector256.Load(tile + 8);
        }

        for (; terms >= 4; terms -= 4)
        {
            {
                Vector256<float> b0 = Vector256.Load(b);
                Vector256<float> b1 = Vector256.Load(b + 8);
                Vector256<float> x = Vector256.Create(a[0]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
            }

            {
                Vector256<float> b0 = Vector256.Load(b + (1 * strideB));
                Vector256<float> b1 = Vector256.Load(b + (1 * strideB) + 8);
                Vector256<float> x = Vector256.Create(a[1]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
            }

            {
                Vector256<float> b0 = Vector256.Load(b + (2 * strideB));
                Vector256<float> b1 = Vector256.Load(b + (2 * strideB) + 8);
                Vector256<float> x = Vector256.Create(a[2]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
            }

            {
                Vector256<float> b0 = Vector256.Load(b + (3 * strideB));
                Vector256<float> b1 = Vector256.Load(b + (3 * strideB) + 8);
                Vector256<float> x = Vector256.Create(a[3]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
            }

            a += 4;
            b += 4 * strideB;
        }

        for (; terms > 0; terms--)
        {
            Vector256<float> b0 = Vector256.Load(b);
            Vector256<float> b1 = Vector256.Load(b + 8);
            Vector256<float> x = Vector256.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            a += 1;
            b += strideB;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run2(nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn)
    {
        var c0a = Vector256<float>.Zero;
        var c0b = Vector256<float>.Zero;
        var c1a = Vector256<float>.Zero;
        var c1b = Vector256<float>.Zero;
        if (goesOn)
        {
            c0a = Vector256.Load(tile + 0);
            c0b = Vector256.Load(tile + 8);
            c1a = Vector256.Load(tile + 16);
            c1b = Vector256.Load(tile + 24);
        }

        for (; terms >= 4; terms -= 4)
        {
            {
                Vector256<float> b0 = Vector256.Load(b);
                Vector256<float> b1 = Vector256.Load(b + 8);
                Vector256<float> x = Vector256.Create(a[0]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector256.Create(a[1]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
            }

            {
                Vector256<float> b0 = Vector256.Load(b + (1 * strideB));
                Vector256<float> b1 = Vector256.Load(b + (1 * strideB) + 8);
                Vector256<float> x = Vector256.Create(a[2]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector256.Create(a[3]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
            }

            {
                Vector256<float> b0 = Vector256.Load(b + (2 * strideB));
                Vector256<float> b1 = Vector256.Load(b + (2 * strideB) + 8);
                Vector256<float> x = Vector256.Create(a[4]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector256.Create(a[5]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
            }

            {
                Vector256<float> b0 = Vector256.Load(b + (3 * strideB));
                Vector256<float> b1 = Vector256.Load(b + (3 * strideB) + 8);
                Vector256<float> x = Vector256.Create(a[6]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector256.Create(a[7]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
            }

            a += 8;
            b += 4 * strideB;
        }

        for (; terms > 0; terms--)
        {
            Vector256<float> b0 = Vector256.Load(b);
            Vector256<float> b1 = Vector256.Load(b + 8);
            Vector256<float> x = Vector256.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector256.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            a += 2;
            b += strideB;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 8);
        c1a.Store(tile + 16);
        c1b.Store(tile + 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run3(nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn)
    {
        var c0a = Vector256<float>.Zero;
        var c0b = Vector256<float>.Zero;
        var c1a = Vector256<float>.Zero;
        var c1b = Vector256<float>.Zero;
        var c2a = Vector256<float>.Zero;
        var c2b = Vector256<float>.Zero;
        if (goesOn)
        {
            c0a = Vector256.Load(tile + 0);
            c0b = Vector256.Load(tile + 8);
            c1a = Vector256.Load(tile + 16);
            c1b = Vector256.Load(tile + 24);
            c2a = Vector256.Load(tile + 32);
            c2b = Vector256.Load(tile + 40);
        }

        for (; terms >= 4; terms -= 4)
        {
            {
                Vector256<float> b0 = Vector256.Load(b);
                Vector256<float> b1 = Vector256.Load(b + 8);
                Vector256<float> x = Vector256.Create(a[0]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector256.Create(a[1]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector256.Create(a[2]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
            }

            {
                Vector256<float> b0 = Vector256.Load(b + (1 * strideB));
                Vector256<float> b1 = Vector256.Load(b + (1 * strideB) + 8);
                Vector256<float> x = Vector256.Create(a[3]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector256.Create(a[4]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector256.Create(a[5]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
            }

            {
                Vector256<float> b0 = Vector256.Load(b + (2 * strideB));
                Vector256<float> b1 = Vector256.Load(b + (2 * strideB) + 8);
                Vector256<float> x = Vector256.Create(a[6]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector256.Create(a[7]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector256.Create(a[8]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
            }

            {
                Vector256<float> b0 = Vector256.Load(b + (3 * strideB));
                Vector256<float> b1 = Vector256.Load(b + (3 * strideB) + 8);
                Vector256<float> x = Vector256.Create(a[9]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector256.Create(a[10]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector256.Create(a[11]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
            }

            a += 12;
            b += 4 * strideB;
        }

        for (; terms > 0; terms--)
        {
            Vector256<float> b0 = Vector256.Load(b);
            Vector256<float> b1 = Vector256.Load(b + 8);
            Vector256<float> x = Vector256.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector256.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector256.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            a += 3;
            b += strideB;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 8);
        c1a.Store(tile + 16);
        c1b.Store(tile + 24);
        c2a.Store(tile + 32);
        c2b.Store(tile + 40);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run4(nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn)
    {
        var c0a = Vector256<float>.Zero;
        var c0b = Vector256<float>.Zero;
        var c1a = Vector256<float>.Zero;
        var c1b = Vector256<float>.Zero;
        var c2a = Vector256<float>.Zero;
        var c2b = Vector256<float>.Zero;
        var c3a = Vector256<float>.Zero;
        var c3b = Vector256<float>.Zero;
        if (goesOn)
        {
            c0a = Vector256.Load(tile + 0);
            c0b = Vector256.Load(tile + 8);
            c1a = Vector256.Load(tile + 16);
            c1b = Vector256.Load(tile + 24);
            c2a = Vector256.Load(tile + 32);
            c2b = Vector256.Load(tile + 40);
            c3a = Vector256.Load(tile + 48);
            c3b = Vector256.Load(tile + 56);
        }

        for (; terms >= 4; terms -= 4)
        {
            {
                Vector256<float> b0 = Vector256.Load(b);
                Vector256<float> b1 = Vector256.Load(b + 8);
                Vector256<float> x = Vector256.Create(a[0]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector256.Create(a[1]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector256.Create(a[2]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector256.Create(a[3]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
            }

            {
                Vector256<float> b0 = Vector256.Load(b + (1 * strideB));
                Vector256<float> b1 = Vector256.Load(b + (1 * strideB) + 8);
                Vector256<float> x = Vector256.Create(a[4]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector256.Create(a[5]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector256.Create(a[6]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector256.Create(a[7]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
            }

            {
                Vector256<float> b0 = Vector256.Load(b + (2 * strideB));
                Vector256<float> b1 = Vector256.Load(b + (2 * strideB) + 8);
                Vector256<float> x = Vector256.Create(a[8]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector256.Create(a[9]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector256.Create(a[10]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector256.Create(a[11]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
            }

            {
                Vector256<float> b0 = Vector256.Load(b + (3 * strideB));
                Vector256<float> b1 = Vector256.Load(b + (3 * strideB) + 8);
                Vector256<float> x = Vector256.Create(a[12]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector256.Create(a[13]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector256.Create(a[14]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector256.Create(a[15]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
            }

            a += 16;
            b += 4 * strideB;
        }

        for (; terms > 0; terms--)
        {
            Vector256<float> b0 = Vector256.Load(b);
            Vector256<float> b1 = Vector256.Load(b + 8);
            Vector256<float> x = Vector256.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector256.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector256.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector256.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            a += 4;
            b += strideB;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 8);
        c1a.Store(tile + 16);
        c1b.Store(tile + 24);
        c2a.Store(tile + 32);
        c2b.Store(tile + 40);
        c3a.Store(tile + 48);
        c3b.Store(tile + 56);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run5(nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn)
    {
        var c0a = Vector256<float>.Zero;
        var c0b = Vector256<float>.Zero;
        var c1a = Vector256<float>.Zero;
        var c1b = Vector256<float>.Zero;
        var c2a = Vector256<float>.Zero;
        var c2b = Vector256<float>.Zero;
        var c3a = Vector256<float>.Zero;
        var c3b = Vector256<float>.Zero;
        var c4a = Vector256<float>.Zero;
        var c4b = Vector256<float>.Zero;
        if (goesOn)
        {
            c0a = Vector256.Load(tile + 0);
            c0b = Vector256.Load(tile + 8);
            c1a = Vector256.Load(tile + 16);
            c1b = Vector256.Load(tile + 24);
            c2a = Vector256.Load(tile + 32);
            c2b = Vector256.Load(tile + 40);
            c3a = Vector256.Load(tile + 48);
            c3b = Vector256.Load(tile + 56);
            c4a = Vector256.Load(tile + 64);
            c4b = Vector256.Load(tile + 72);
        }

        for (; terms >= 4; terms -= 4)
        {
            {
                Vector256<float> b0 = Vector256.Load(b);
                Vector256<float> b1 = Vector256.Load(b + 8);
                Vector256<float> x = Vector256.Create(a[0]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector256.Create(a[1]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector256.Create(a[2]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector256.Create(a[3]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector256.Create(a[4]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
            }

            {
                Vector256<float> b0 = Vector256.Load(b + (1 * strideB));
                Vector256<float> b1 = Vector256.Load(b + (1 * strideB) + 8);
                Vector256<float> x = Vector256.Create(a[5]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector256.Create(a[6]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector256.Create(a[7]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector256.Create(a[8]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector256.Create(a[9]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
            }

            {
                Vector256<float> b0 = Vector256.Load(b + (2 * strideB));
                Vector256<float> b1 = Vector256.Load(b + (2 * strideB) + 8);
                Vector256<float> x = Vector256.Create(a[10]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector256.Create(a[11]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector256.Create(a[12]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector256.Create(a[13]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector256.Create(a[14]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
            }

            {
                Vector256<float> b0 = Vector256.Load(b + (3 * strideB));
                Vector256<float> b1 = Vector256.Load(b + (3 * strideB) + 8);
                Vector256<float> x = Vector256.Create(a[15]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector256.Create(a[16]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector256.Create(a[17]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector256.Create(a[18]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector256.Create(a[19]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
            }

            a += 20;
            b += 4 * strideB;
        }

        for (; terms > 0; terms--)
        {
            Vector256<float> b0 = Vector256.Load(b);
            Vector256<float> b1 = Vector256.Load(b + 8);
            Vector256<float> x = Vector256.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector256.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector256.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector256.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector256.Create(a[4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            a += 5;
            b += strideB;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 8);
        c1a.Store(tile + 16);
        c1b.Store(tile + 24);
        c2a.Store(tile + 32);
        c2b.Store(tile + 40);
        c3a.Store(tile + 48);
        c3b.Store(tile + 56);
        c4a.Store(tile + 64);
        c4b.Store(tile + 72);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run6(nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn)
    {
        var c0a = Vector256<float>.Zero;
        var c0b = Vector256<float>.Zero;
        var c1a = Vector256<float>.Zero;
        var c1b = Vector256<float>.Zero;
        var c2a = Vector256<float>.Zero;
        var c2b = Vector256<float>.Zero;
        var c3a = Vector256<float>.Zero;
        var c3b = Vector256<float>.Zero;
        var c4a = Vector256<float>.Zero;
        var c4b = Vector256<float>.Zero;
        var c5a = Vector256<float>.Zero;
        var c5b = Vector256<float>.Zero;
        if (goesOn)
        {
            c0a = Vector256.Load(tile + 0);
            c0b = Vector256.Load(tile + 8);
            c1a = Vector256.Load(tile + 16);
            c1b = Vector256.Load(tile + 24);
            c2a = Vector256.Load(tile + 32);
            c2b = Vector256.Load(tile + 40);
            c3a = Vector256.Load(tile + 48);
            c3b = Vector256.Load(tile + 56);
            c4a = Vector256.Load(tile + 64);
            c4b = Vector256.Load(tile + 72);
            c5a = Vector256.Load(tile + 80);
            c5b = Vector256.Load(tile + 88);
        }

        for (; terms >= 4; terms -= 4)
        {
            {
                Vector256<float> b0 = Vector256.Load(b);
                Vector256<float> b1 = Vector256.Load(b + 8);
                Vector256<float> x = Vector256.Create(a[0]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector256.Create(a[1]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector256.Create(a[2]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector256.Create(a[3]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector256.Create(a[4]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
                x = Vector256.Create(a[5]);
                c5a = Fma(x, b0, c5a);
                c5b = Fma(x, b1, c5b);
            }

            {
                Vector256<float> b0 = Vector256.Load(b + (1 * strideB));
                Vector256<float> b1 = Vector256.Load(b + (1 * strideB) + 8);
                Vector256<float> x = Vector256.Create(a[6]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector256.Create(a[7]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector256.Create(a[8]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector256.Create(a[9]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector256.Create(a[10]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
                x = Vector256.Create(a[11]);
                c5a = Fma(x, b0, c5a);
                c5b = Fma(x, b1, c5b);
            }

            {
                Vector256<float> b0 = Vector256.Load(b + (2 * strideB));
                Vector256<float> b1 = Vector256.Load(b + (2 * strideB) + 8);
                Vector256<float> x = Vector256.Create(a[12]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector256.Create(a[13]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector256.Create(a[14]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector256.Create(a[15]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector256.Create(a[16]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
                x = Vector256.Create(a[17]);
                c5a = Fma(x, b0, c5a);
                c5b = Fma(x, b1, c5b);
            }

            {
                Vector256<float> b0 = Vector256.Load(b + (3 * strideB));
                Vector256<float> b1 = Vector256.Load(b + (3 * strideB) + 8);
                Vector256<float> x = Vector256.Create(a[18]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector256.Create(a[19]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector256.Create(a[20]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector256.Create(a[21]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector256.Create(a[22]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
                x = Vector256.Create(a[23]);
                c5a = Fma(x, b0, c5a);
                c5b = Fma(x, b1, c5b);
            }

            a += 24;
            b += 4 * strideB;
        }

        for (; terms > 0; terms--)
        {
            Vector256<float> b0 = Vector256.Load(b);
            Vector256<float> b1 = Vector256.Load(b + 8);
            Vector256<float> x = Vector256.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector256.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector256.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector256.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector256.Create(a[4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            x = Vector256.Create(a[5]);
            c5a = Fma(x, b0, c5a);
            c5b = Fma(x, b1, c5b);
            a += 6;
            b += strideB;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 8);
        c1a.Store(tile + 16);
        c1b.Store(tile + 24);
        c2a.Store(tile + 32);
        c2b.Store(tile + 40);
        c3a.Store(tile + 48);
        c3b.Store(tile + 56);
        c4a.Store(tile + 64);
        c4b.Store(tile + 72);
        c5a.Store(tile + 80);
        c5b.Store(tile + 88);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps1(nint terms, float* a, float* source, int* offsets, float* tile)
    {
        var c0a = Vector256<float>.Zero;
        var c0b = Vector256<float>.Zero;
        for (nint k = 0; k < terms; k++)
        {
            float* b = source + offsets[k];
            Vector256<float> b0 = Vector256.Load(b);
            Vector256<float> b1 = Vector256.Load(b + 8);
            Vector256<float> x = Vector256.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            a += 1;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps2(nint terms, float* a, float* source, int* offsets, float* tile)
    {
        var c0a = Vector256<float>.Zero;
        var c0b = Vector256<float>.Zero;
        var c1a = Vector256<float>.Zero;
        var c1b = Vector256<float>.Zero;
        for (nint k = 0; k < terms; k++)
        {
            float* b = source + offsets[k];
            Vector256<float> b0 = Vector256.Load(b);
            Vector256<float> b1 = Vector256.Load(b + 8);
            Vector256<float> x = Vector256.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector256.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            a += 2;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 8);
        c1a.Store(tile + 16);
        c1b.Store(tile + 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps3(nint terms, float* a, float* source, int* offsets, float* tile)
    {
        var c0a = Vector256<float>.Zero;
        var c0b = Vector256<float>.Zero;
        var c1a = Vector256<float>.Zero;
        var c1b = Vector256<float>.Zero;
        var c2a = Vector256<float>.Zero;
        var c2b = Vector256<float>.Zero;
        for (nint k = 0; k < terms; k++)
        {
            float* b = source + offsets[k];
            Vector256<float> b0 = Vector256.Load(b);
            Vector256<float> b1 = Vector256.Load(b + 8);
            Vector256<float> x = Vector256.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector256.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector256.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            a += 3;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 8);
        c1a.Store(tile + 16);
        c1b.Store(tile + 24);
        c2a.Store(tile + 32);
        c2b.Store(tile + 40);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps4(nint terms, float* a, float* source, int* offsets, float* tile)
    {
        var c0a = Vector256<float>.Zero;
        var c0b = Vector256<float>.Zero;
        var c1a = Vector256<float>.Zero;
        var c1b = Vector256<float>.Zero;
        var c2a = Vector256<float>.Zero;
        var c2b = Vector256<float>.Zero;
        var c3a = Vector256<float>.Zero;
        var c3b = Vector256<float>.Zero;
        for (nint k = 0; k < terms; k++)
        {
            float* b = source + offsets[k];
            Vector256<float> b0 = Vector256.Load(b);
            Vector256<float> b1 = Vector256.Load(b + 8);
            Vector256<float> x = Vector256.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector256.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector256.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector256.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            a += 4;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 8);
        c1a.Store(tile + 16);
        c1b.Store(tile + 24);
        c2a.Store(tile + 32);
        c2b.Store(tile + 40);
        c3a.Store(tile + 48);
        c3b.Store(tile + 56);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps5(nint terms, float* a, float* source, int* offsets, float* tile)
    {
        var c0a = Vector256<float>.Zero;
        var c0b = Vector256<float>.Zero;
        var c1a = Vector256<float>.Zero;
        var c1b = Vector256<float>.Zero;
        var c2a = Vector256<float>.Zero;
        var c2b = Vector256<float>.Zero;
        var c3a = Vector256<float>.Zero;
        var c3b = Vector256<float>.Zero;
        var c4a = Vector256<float>.Zero;
        var c4b = Vector256<float>.Zero;
        for (nint k = 0; k < terms; k++)
        {
            float* b = source + offsets[k];
            Vector256<float> b0 = Vector256.Load(b);
            Vector256<float> b1 = Vector256.Load(b + 8);
            Vector256<float> x = Vector256.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector256.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector256.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector256.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector256.Create(a[4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            a += 5;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 8);
        c1a.Store(tile + 16);
        c1b.Store(tile + 24);
        c2a.Store(tile + 32);
        c2b.Store(tile + 40);
        c3a.Store(tile + 48);
        c3b.Store(tile + 56);
        c4a.Store(tile + 64);
        c4b.Store(tile + 72);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps6(nint terms, float* a, float* source, int* offsets, float* tile)
    {
        var c0a = Vector256<float>.Zero;
        var c0b = Vector256<float>.Zero;
        var c1a = Vector256<float>.Zero;
        var c1b = Vector256<float>.Zero;
        var c2a = Vector256<float>.Zero;
        var c2b = Vector256<float>.Zero;
        var c3a = Vector256<float>.Zero;
        var c3b = Vector256<float>.Zero;
        var c4a = Vector256<float>.Zero;
        var c4b = Vector256<float>.Zero;
        var c5a = Vector256<float>.Zero;
        var c5b = Vector256<float>.Zero;
        for (nint k = 0; k < terms; k++)
        {
            float* b = source + offsets[k];
            Vector256<float> b0 = Vector256.Load(b);
            Vector256<float> b1 = Vector256.Load(b + 8);
            Vector256<float> x = Vector256.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector256.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector256.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector256.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector256.Create(a[4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            x = Vector256.Create(a[5]);
            c5a = Fma(x, b0, c5a);
            c5b = Fma(x, b1, c5b);
            a += 6;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 8);
        c1a.Store(tile + 16);
        c1b.Store(tile + 24);
        c2a.Store(tile + 32);
        c2b.Store(tile + 40);
        c3a.Store(tile + 48);
        c3b.Store(tile + 56);
        c4a.Store(tile + 64);
        c4b.Store(tile + 72);
        c5a.Store(tile + 80);
        c5b.Store(tile + 88);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pixels1(nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn)
    {
        var c0a = Vector256<float>.Zero;
        var c0b = Vector256<float>.Zero;
        if (goesOn)
        {
            c0a = Vector256.Load(tile + 0);
            c0b = Vector256.Load(tile + 8);
        }

        nint t0 = taps[0];
        for (nint k = 0; k < terms; k++)
        {
            float* a = source + pixels[k];
            Vector256<float> b0 = Vector256.Load(b);
            Vector256<float> b1 = Vector256.Load(b + 8);
            Vector256<float> x = Vector256.Create(a[t0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            b += 16;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pixels2(nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn)
    {
        var c0a = Vector256<float>.Zero;
        var c0b = Vector256<float>.Zero;
        var c1a = Vector256<float>.Zero;
        var c1b = Vector256<float>.Zero;
        if (goesOn)
        {
            c0a = Vector256.Load(tile + 0);
            c0b = Vector256.Load(tile + 8);
            c1a = Vector256.Load(tile + 16);
            c1b = Vector256.Load(tile + 24);
        }

        nint t0 = taps[0];
        nint t1 = taps[1];
        for (nint k = 0; k < terms; k++)
        {
            float* a = source + pixels[k];
            Vector256<float> b0 = Vector256.Load(b);
            Vector256<float> b1 = Vector256.Load(b + 8);
            Vector256<float> x = Vector256.Create(a[t0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector256.Create(a[t1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            b += 16;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 8);
        c1a.Store(tile + 16);
        c1b.Store(tile + 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pixels3(nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn)
    {
        var c0a = Vector256<float>.Zero;
        var c0b = Vector256<float>.Zero;
        var c1a = Vector256<float>.Zero;
        var c1b = Vector256<float>.Zero;
        var c2a = Vector256<float>.Zero;
        var c2b = Vector256<float>.Zero;
        if (goesOn)
        {
            c0a = Vector256.Load(tile + 0);
            c0b = Vector256.Load(tile + 8);
            c1a = Vector256.Load(tile + 16);
            c1b = Vector256.Load(tile + 24);
            c2a = Vector256.Load(tile + 32);
            c2b = Vector256.Load(tile + 40);
        }

        nint t0 = taps[0];
        nint t1 = taps[1];
        nint t2 = taps[2];
        for (nint k = 0; k < terms; k++)
        {
            float* a = source + pixels[k];
            Vector256<float> b0 = Vector256.Load(b);
            Vector256<float> b1 = Vector256.Load(b + 8);
            Vector256<float> x = Vector256.Create(a[t0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector256.Create(a[t1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector256.Create(a[t2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            b += 16;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 8);
        c1a.Store(tile + 16);
        c1b.Store(tile + 24);
        c2a.Store(tile + 32);
        c2b.Store(tile + 40);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pixels4(nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn)
    {
        var c0a = Vector256<float>.Zero;
        var c0b = Vector256<float>.Zero;
        var c1a = Vector256<float>.Zero;
        var c1b = Vector256<float>.Zero;
        var c2a = Vector256<float>.Zero;
        var c2b = Vector256<float>.Zero;
        var c3a = Vector256<float>.Zero;
        var c3b = Vector256<float>.Zero;
        if (goesOn)
        {
            c0a = Vector256.Load(tile + 0);
            c0b = Vector256.Load(tile + 8);
            c1a = Vector256.Load(tile + 16);
            c1b = Vector256.Load(tile + 24);
            c2a = Vector256.Load(tile + 32);
            c2b = Vector256.Load(tile + 40);
            c3a = Vector256.Load(tile + 48);
            c3b = Vector256.Load(tile + 56);
        }

        nint t0 = taps[0];
        nint t1 = taps[1];
        nint t2 = taps[2];
        nint t3 = taps[3];
        for (nint k = 0; k < terms; k++)
        {
            float* a = source + pixels[k];
            Vector256<float> b0 = Vector256.Load(b);
            Vector256<float> b1 = Vector256.Load(b + 8);
            Vector256<float> x = Vector256.Create(a[t0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector256.Create(a[t1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector256.Create(a[t2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector256.Create(a[t3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            b += 16;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 8);
        c1a.Store(tile + 16);
        c1b.Store(tile + 24);
        c2a.Store(tile + 32);
        c2b.Store(tile + 40);
        c3a.Store(tile + 48);
        c3b.Store(tile + 56);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pixels5(nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn)
    {
        var c0a = Vector256<float>.Zero;
        var c0b = Vector256<float>.Zero;
        var c1a = Vector256<float>.Zero;
        var c1b = Vector256<float>.Zero;
        var c2a = Vector256<float>.Zero;
        var c2b = Vector256<float>.Zero;
        var c3a = Vector256<float>.Zero;
        var c3b = Vector256<float>.Zero;
        var c4a = Vector256<float>.Zero;
        var c4b = Vector256<float>.Zero;
        if (goesOn)
        {
            c0a = Vector256.Load(tile + 0);
            c0b = Vector256.Load(tile + 8);
            c1a = Vector256.Load(tile + 16);
            c1b = Vector256.Load(tile + 24);
            c2a = Vector256.Load(tile + 32);
            c2b = Vector256.Load(tile + 40);
            c3a = Vector256.Load(tile + 48);
            c3b = Vector256.Load(tile + 56);
            c4a = Vector256.Load(tile + 64);
            c4b = Vector256.Load(tile + 72);
        }

        nint t0 = taps[0];
        nint t1 = taps[1];
        nint t2 = taps[2];
        nint t3 = taps[3];
        nint t4 = taps[4];
        for (nint k = 0; k < terms; k++)
        {
            float* a = source + pixels[k];
            Vector256<float> b0 = Vector256.Load(b);
            Vector256<float> b1 = Vector256.Load(b + 8);
            Vector256<float> x = Vector256.Create(a[t0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector256.Create(a[t1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector256.Create(a[t2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector256.Create(a[t3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector256.Create(a[t4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            b += 16;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 8);
        c1a.Store(tile + 16);
        c1b.Store(tile + 24);
        c2a.Store(tile + 32);
        c2b.Store(tile + 40);
        c3a.Store(tile + 48);
        c3b.Store(tile + 56);
        c4a.Store(tile + 64);
        c4b.Store(tile + 72);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pixels6(nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn)
    {
        var c0a = Vector256<float>.Zero;
        var c0b = Vector256<float>.Zero;
        var c1a = Vector256<float>.Zero;
        var c1b = Vector256<float>.Zero;
        var c2a = Vector256<float>.Zero;
        var c2b = Vector256<float>.Zero;
        var c3a = Vector256<float>.Zero;
        var c3b = Vector256<float>.Zero;
        var c4a = Vector256<float>.Zero;
        var c4b = Vector256<float>.Zero;
        var c5a = Vector256<float>.Zero;
        var c5b = Vector256<float>.Zero;
        if (goesOn)
        {
            c0a = Vector256.Load(tile + 0);
            c0b = Vector256.Load(tile + 8);
            c1a = Vector256.Load(tile + 16);
            c1b = Vector256.Load(tile + 24);
            c2a = Vector256.Load(tile + 32);
            c2b = Vector256.Load(tile + 40);
            c3a = Vector256.Load(tile + 48);
            c3b = Vector256.Load(tile + 56);
            c4a = Vector256.Load(tile + 64);
            c4b = Vector256.Load(tile + 72);
            c5a = Vector256.Load(tile + 80);
            c5b = Vector256.Load(tile + 88);
        }

        nint t0 = taps[0];
        nint t1 = taps[1];
        nint t2 = taps[2];
        nint t3 = taps[3];
        nint t4 = taps[4];
        nint t5 = taps[5];
        for (nint k = 0; k < terms; k++)
        {
            float* a = source + pixels[k];
            Vector256<float> b0 = Vector256.Load(b);
            Vector256<float> b1 = Vector256.Load(b + 8);
            Vector256<float> x = Vector256.Create(a[t0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector256.Create(a[t1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector256.Create(a[t2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector256.Create(a[t3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector256.Create(a[t4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            x = Vector256.Create(a[t5]);
            c5a = Fma(x, b0, c5a);
            c5b = Fma(x, b1, c5b);
            b += 16;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 8);
        c1a.Store(tile + 16);
        c1b.Store(tile + 24);
        c2a.Store(tile + 32);
        c2b.Store(tile + 40);
        c3a.Store(tile + 48);
        c3b.Store(tile + 56);
        c4a.Store(tile + 64);
        c4b.Store(tile + 72);
        c5a.Store(tile + 80);
        c5b.Store(tile + 88);
    }
}

/// <summary>Tiles of up to 12 x 32 with 512-bit vectors.</summary>
internal unsafe struct Avx512Kernel : IMicroKernel
{
    public static int Height => 12;

    public static int Width => 32;

    public static void Run(int height, nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn)
    {
        switch (height)
        {
            case 1: Run1(terms, a, b, strideB, tile, goesOn); break;
            case 2: Run2(terms, a, b, strideB, tile, goesOn); break;
            case 3: Run3(terms, a, b, strideB, tile, goesOn); break;
            case 4: Run4(terms, a, b, strideB, tile, goesOn); break;
            case 5: Run5(terms, a, b, strideB, tile, goesOn); break;
            case 6: Run6(terms, a, b, strideB, tile, goesOn); break;
            case 7: Run7(terms, a, b, strideB, tile, goesOn); break;
            case 8: Run8(terms, a, b, strideB, tile, goesOn); break;
            case 9: Run9(terms, a, b, strideB, tile, goesOn); break;
            case 10: Run10(terms, a, b, strideB, tile, goesOn); break;
            case 11: Run11(terms, a, b, strideB, tile, goesOn); break;
            case 12: Run12(terms, a, b, strideB, tile, goesOn); break;
        }
    }

    public static void RunTaps(int height, nint terms, float* a, float* source, int* offsets, float* tile)
    {
        switch (height)
        {
            case 1: Taps1(terms, a, source, offsets, tile); break;
            case 2: Taps2(terms, a, source, offsets, tile); break;
            case 3: Taps3(terms, a, source, offsets, tile); break;
            case 4: Taps4(terms, a, source, offsets, tile); break;
            case 5: Taps5(terms, a, source, offsets, tile); break;
            case 6: Taps6(terms, a, source, offsets, tile); break;
            case 7: Taps7(terms, a, source, offsets, tile); break;
            case 8: Taps8(terms, a, source, offsets, tile); break;
            case 9: Taps9(terms, a, source, offsets, tile); break;
            case 10: Taps10(terms, a, source, offsets, tile); break;
            case 11: Taps11(terms, a, source, offsets, tile); break;
            case 12: Taps12(terms, a, source, offsets, tile); break;
        }
    }

    public static void RunPixels(int height, nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn)
    {
        switch (height)
        {
            case 1: Pixels1(terms, source, pixels, taps, b, tile, goesOn); break;
            case 2: Pixels2(terms, source, pixels, taps, b, tile, goesOn); break;
            case 3: Pixels3(terms, source, pixels, taps, b, tile, goesOn); break;
            case 4: Pixels4(terms, source, pixels, taps, b, tile, goesOn); break;
            case 5: Pixels5(terms, source, pixels, taps, b, tile, goesOn); break;
            case 6: Pixels6(terms, source, pixels, taps, b, tile, goesOn); break;
            case 7: Pixels7(terms, source, pixels, taps, b, tile, goesOn); break;
            case 8: Pixels8(terms, source, pixels, taps, b, tile, goesOn); break;
            case 9: Pixels9(terms, source, pixels, taps, b, tile, goesOn); break;
            case 10: Pixels10(terms, source, pixels, taps, b, tile, goesOn); break;
            case 11: Pixels11(terms, source, pixels, taps, b, tile, goesOn); break;
            case 12: Pixels12(terms, source, pixels, taps, b, tile, goesOn); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Fma(Vector512<float> x, Vector512<float> y, Vector512<float> z) => Avx512F.IsSupported ? Avx512F.FusedMultiplyAdd(x, y, z) : Vector512.FusedMultiplyAdd(x, y, z);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run1(nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        if (goesOn)
        {
            c0a = Vector512.Load(tile + 0);
            c0b = Vector512.Load(tile + 16);
        }

        for (; terms >= 2; terms -= 2)
        {
            {
                Vector512<float> b0 = Vector512.Load(b);
                Vector512<float> b1 = Vector512.Load(b + 16);
                Vector512<float> x = Vector512.Create(a[0]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
            }

            {
                Vector512<float> b0 = Vector512.Load(b + (1 * strideB));
                Vector512<float> b1 = Vector512.Load(b + (1 * strideB) + 16);
                Vector512<float> x = Vector512.Create(a[1]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
            }

            a += 2;
            b += 2 * strideB;
        }

        for (; terms > 0; terms--)
        {
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            a += 1;
            b += strideB;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run2(nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        if (goesOn)
        {
            c0a = Vector512.Load(tile + 0);
            c0b = Vector512.Load(tile + 16);
            c1a = Vector512.Load(tile + 32);
            c1b = Vector512.Load(tile + 48);
        }

        for (; terms >= 2; terms -= 2)
        {
            {
                Vector512<float> b0 = Vector512.Load(b);
                Vector512<float> b1 = Vector512.Load(b + 16);
                Vector512<float> x = Vector512.Create(a[0]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector512.Create(a[1]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
            }

            {
                Vector512<float> b0 = Vector512.Load(b + (1 * strideB));
                Vector512<float> b1 = Vector512.Load(b + (1 * strideB) + 16);
                Vector512<float> x = Vector512.Create(a[2]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector512.Create(a[3]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
            }

            a += 4;
            b += 2 * strideB;
        }

        for (; terms > 0; terms--)
        {
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            a += 2;
            b += strideB;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run3(nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        if (goesOn)
        {
            c0a = Vector512.Load(tile + 0);
            c0b = Vector512.Load(tile + 16);
            c1a = Vector512.Load(tile + 32);
            c1b = Vector512.Load(tile + 48);
            c2a = Vector512.Load(tile + 64);
            c2b = Vector512.Load(tile + 80);
        }

        for (; terms >= 2; terms -= 2)
        {
            {
                Vector512<float> b0 = Vector512.Load(b);
                Vector512<float> b1 = Vector512.Load(b + 16);
                Vector512<float> x = Vector512.Create(a[0]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector512.Create(a[1]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector512.Create(a[2]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
            }

            {
                Vector512<float> b0 = Vector512.Load(b + (1 * strideB));
                Vector512<float> b1 = Vector512.Load(b + (1 * strideB) + 16);
                Vector512<float> x = Vector512.Create(a[3]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector512.Create(a[4]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector512.Create(a[5]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
            }

            a += 6;
            b += 2 * strideB;
        }

        for (; terms > 0; terms--)
        {
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            a += 3;
            b += strideB;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run4(nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        var c3a = Vector512<float>.Zero;
        var c3b = Vector512<float>.Zero;
        if (goesOn)
        {
            c0a = Vector512.Load(tile + 0);
            c0b = Vector512.Load(tile + 16);
            c1a = Vector512.Load(tile + 32);
            c1b = Vector512.Load(tile + 48);
            c2a = Vector512.Load(tile + 64);
            c2b = Vector512.Load(tile + 80);
            c3a = Vector512.Load(tile + 96);
            c3b = Vector512.Load(tile + 112);
        }

        for (; terms >= 2; terms -= 2)
        {
            {
                Vector512<float> b0 = Vector512.Load(b);
                Vector512<float> b1 = Vector512.Load(b + 16);
                Vector512<float> x = Vector512.Create(a[0]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector512.Create(a[1]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector512.Create(a[2]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector512.Create(a[3]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
            }

            {
                Vector512<float> b0 = Vector512.Load(b + (1 * strideB));
                Vector512<float> b1 = Vector512.Load(b + (1 * strideB) + 16);
                Vector512<float> x = Vector512.Create(a[4]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector512.Create(a[5]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector512.Create(a[6]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector512.Create(a[7]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
            }

            a += 8;
            b += 2 * strideB;
        }

        for (; terms > 0; terms--)
        {
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector512.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            a += 4;
            b += strideB;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
        c3a.Store(tile + 96);
        c3b.Store(tile + 112);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run5(nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        var c3a = Vector512<float>.Zero;
        var c3b = Vector512<float>.Zero;
        var c4a = Vector512<float>.Zero;
        var c4b = Vector512<float>.Zero;
        if (goesOn)
        {
            c0a = Vector512.Load(tile + 0);
            c0b = Vector512.Load(tile + 16);
            c1a = Vector512.Load(tile + 32);
            c1b = Vector512.Load(tile + 48);
            c2a = Vector512.Load(tile + 64);
            c2b = Vector512.Load(tile + 80);
            c3a = Vector512.Load(tile + 96);
            c3b = Vector512.Load(tile + 112);
            c4a = Vector512.Load(tile + 128);
            c4b = Vector512.Load(tile + 144);
        }

        for (; terms >= 2; terms -= 2)
        {
            {
                Vector512<float> b0 = Vector512.Load(b);
                Vector512<float> b1 = Vector512.Load(b + 16);
                Vector512<float> x = Vector512.Create(a[0]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector512.Create(a[1]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector512.Create(a[2]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector512.Create(a[3]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector512.Create(a[4]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
            }

            {
                Vector512<float> b0 = Vector512.Load(b + (1 * strideB));
                Vector512<float> b1 = Vector512.Load(b + (1 * strideB) + 16);
                Vector512<float> x = Vector512.Create(a[5]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector512.Create(a[6]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector512.Create(a[7]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector512.Create(a[8]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector512.Create(a[9]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
            }

            a += 10;
            b += 2 * strideB;
        }

        for (; terms > 0; terms--)
        {
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector512.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector512.Create(a[4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            a += 5;
            b += strideB;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
        c3a.Store(tile + 96);
        c3b.Store(tile + 112);
        c4a.Store(tile + 128);
        c4b.Store(tile + 144);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run6(nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        var c3a = Vector512<float>.Zero;
        var c3b = Vector512<float>.Zero;
        var c4a = Vector512<float>.Zero;
        var c4b = Vector512<float>.Zero;
        var c5a = Vector512<float>.Zero;
        var c5b = Vector512<float>.Zero;
        if (goesOn)
        {
            c0a = Vector512.Load(tile + 0);
            c0b = Vector512.Load(tile + 16);
            c1a = Vector512.Load(tile + 32);
            c1b = Vector512.Load(tile + 48);
            c2a = Vector512.Load(tile + 64);
            c2b = Vector512.Load(tile + 80);
            c3a = Vector512.Load(tile + 96);
            c3b = Vector512.Load(tile + 112);
            c4a = Vector512.Load(tile + 128);
            c4b = Vector512.Load(tile + 144);
            c5a = Vector512.Load(tile + 160);
            c5b = Vector512.Load(tile + 176);
        }

        for (; terms >= 2; terms -= 2)
        {
            {
                Vector512<float> b0 = Vector512.Load(b);
                Vector512<float> b1 = Vector512.Load(b + 16);
                Vector512<float> x = Vector512.Create(a[0]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector512.Create(a[1]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector512.Create(a[2]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector512.Create(a[3]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector512.Create(a[4]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
                x = Vector512.Create(a[5]);
                c5a = Fma(x, b0, c5a);
                c5b = Fma(x, b1, c5b);
            }

            {
                Vector512<float> b0 = Vector512.Load(b + (1 * strideB));
                Vector512<float> b1 = Vector512.Load(b + (1 * strideB) + 16);
                Vector512<float> x = Vector512.Create(a[6]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector512.Create(a[7]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector512.Create(a[8]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector512.Create(a[9]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector512.Create(a[10]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
                x = Vector512.Create(a[11]);
                c5a = Fma(x, b0, c5a);
                c5b = Fma(x, b1, c5b);
            }

            a += 12;
            b += 2 * strideB;
        }

        for (; terms > 0; terms--)
        {
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector512.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector512.Create(a[4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            x = Vector512.Create(a[5]);
            c5a = Fma(x, b0, c5a);
            c5b = Fma(x, b1, c5b);
            a += 6;
            b += strideB;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
        c3a.Store(tile + 96);
        c3b.Store(tile + 112);
        c4a.Store(tile + 128);
        c4b.Store(tile + 144);
        c5a.Store(tile + 160);
        c5b.Store(tile + 176);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run7(nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        var c3a = Vector512<float>.Zero;
        var c3b = Vector512<float>.Zero;
        var c4a = Vector512<float>.Zero;
        var c4b = Vector512<float>.Zero;
        var c5a = Vector512<float>.Zero;
        var c5b = Vector512<float>.Zero;
        var c6a = Vector512<float>.Zero;
        var c6b = Vector512<float>.Zero;
        if (goesOn)
        {
            c0a = Vector512.Load(tile + 0);
            c0b = Vector512.Load(tile + 16);
            c1a = Vector512.Load(tile + 32);
            c1b = Vector512.Load(tile + 48);
            c2a = Vector512.Load(tile + 64);
            c2b = Vector512.Load(tile + 80);
            c3a = Vector512.Load(tile + 96);
            c3b = Vector512.Load(tile + 112);
            c4a = Vector512.Load(tile + 128);
            c4b = Vector512.Load(tile + 144);
            c5a = Vector512.Load(tile + 160);
            c5b = Vector512.Load(tile + 176);
            c6a = Vector512.Load(tile + 192);
            c6b = Vector512.Load(tile + 208);
        }

        for (; terms >= 2; terms -= 2)
        {
            {
                Vector512<float> b0 = Vector512.Load(b);
                Vector512<float> b1 = Vector512.Load(b + 16);
                Vector512<float> x = Vector512.Create(a[0]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector512.Create(a[1]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector512.Create(a[2]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector512.Create(a[3]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector512.Create(a[4]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
                x = Vector512.Create(a[5]);
                c5a = Fma(x, b0, c5a);
                c5b = Fma(x, b1, c5b);
                x = Vector512.Create(a[6]);
                c6a = Fma(x, b0, c6a);
                c6b = Fma(x, b1, c6b);
            }

            {
                Vector512<float> b0 = Vector512.Load(b + (1 * strideB));
                Vector512<float> b1 = Vector512.Load(b + (1 * strideB) + 16);
                Vector512<float> x = Vector512.Create(a[7]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector512.Create(a[8]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector512.Create(a[9]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector512.Create(a[10]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector512.Create(a[11]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
                x = Vector512.Create(a[12]);
                c5a = Fma(x, b0, c5a);
                c5b = Fma(x, b1, c5b);
                x = Vector512.Create(a[13]);
                c6a = Fma(x, b0, c6a);
                c6b = Fma(x, b1, c6b);
            }

            a += 14;
            b += 2 * strideB;
        }

        for (; terms > 0; terms--)
        {
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector512.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector512.Create(a[4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            x = Vector512.Create(a[5]);
            c5a = Fma(x, b0, c5a);
            c5b = Fma(x, b1, c5b);
            x = Vector512.Create(a[6]);
            c6a = Fma(x, b0, c6a);
            c6b = Fma(x, b1, c6b);
            a += 7;
            b += strideB;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
        c3a.Store(tile + 96);
        c3b.Store(tile + 112);
        c4a.Store(tile + 128);
        c4b.Store(tile + 144);
        c5a.Store(tile + 160);
        c5b.Store(tile + 176);
        c6a.Store(tile + 192);
        c6b.Store(tile + 208);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run8(nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        var c3a = Vector512<float>.Zero;
        var c3b = Vector512<float>.Zero;
        var c4a = Vector512<float>.Zero;
        var c4b = Vector512<float>.Zero;
        var c5a = Vector512<float>.Zero;
        var c5b = Vector512<float>.Zero;
        var c6a = Vector512<float>.Zero;
        var c6b = Vector512<float>.Zero;
        var c7a = Vector512<float>.Zero;
        var c7b = Vector512<float>.Zero;
        if (goesOn)
        {
            c0a = Vector512.Load(tile + 0);
            c0b = Vector512.Load(tile + 16);
            c1a = Vector512.Load(tile + 32);
            c1b = Vector512.Load(tile + 48);
            c2a = Vector512.Load(tile + 64);
            c2b = Vector512.Load(tile + 80);
            c3a = Vector512.Load(tile + 96);
            c3b = Vector512.Load(tile + 112);
            c4a = Vector512.Load(tile + 128);
            c4b = Vector512.Load(tile + 144);
            c5a = Vector512.Load(tile + 160);
            c5b = Vector512.Load(tile + 176);
            c6a = Vector512.Load(tile + 192);
            c6b = Vector512.Load(tile + 208);
            c7a = Vector512.Load(tile + 224);
            c7b = Vector512.Load(tile + 240);
        }

        for (; terms >= 2; terms -= 2)
        {
            {
                Vector512<float> b0 = Vector512.Load(b);
                Vector512<float> b1 = Vector512.Load(b + 16);
                Vector512<float> x = Vector512.Create(a[0]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector512.Create(a[1]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector512.Create(a[2]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector512.Create(a[3]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector512.Create(a[4]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
                x = Vector512.Create(a[5]);
                c5a = Fma(x, b0, c5a);
                c5b = Fma(x, b1, c5b);
                x = Vector512.Create(a[6]);
                c6a = Fma(x, b0, c6a);
                c6b = Fma(x, b1, c6b);
                x = Vector512.Create(a[7]);
                c7a = Fma(x, b0, c7a);
                c7b = Fma(x, b1, c7b);
            }

            {
                Vector512<float> b0 = Vector512.Load(b + (1 * strideB));
                Vector512<float> b1 = Vector512.Load(b + (1 * strideB) + 16);
                Vector512<float> x = Vector512.Create(a[8]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector512.Create(a[9]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector512.Create(a[10]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector512.Create(a[11]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector512.Create(a[12]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
                x = Vector512.Create(a[13]);
                c5a = Fma(x, b0, c5a);
                c5b = Fma(x, b1, c5b);
                x = Vector512.Create(a[14]);
                c6a = Fma(x, b0, c6a);
                c6b = Fma(x, b1, c6b);
                x = Vector512.Create(a[15]);
                c7a = Fma(x, b0, c7a);
                c7b = Fma(x, b1, c7b);
            }

            a += 16;
            b += 2 * strideB;
        }

        for (; terms > 0; terms--)
        {
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector512.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector512.Create(a[4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            x = Vector512.Create(a[5]);
            c5a = Fma(x, b0, c5a);
            c5b = Fma(x, b1, c5b);
            x = Vector512.Create(a[6]);
            c6a = Fma(x, b0, c6a);
            c6b = Fma(x, b1, c6b);
            x = Vector512.Create(a[7]);
            c7a = Fma(x, b0, c7a);
            c7b = Fma(x, b1, c7b);
            a += 8;
            b += strideB;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
        c3a.Store(tile + 96);
        c3b.Store(tile + 112);
        c4a.Store(tile + 128);
        c4b.Store(tile + 144);
        c5a.Store(tile + 160);
        c5b.Store(tile + 176);
        c6a.Store(tile + 192);
        c6b.Store(tile + 208);
        c7a.Store(tile + 224);
        c7b.Store(tile + 240);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run9(nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        var c3a = Vector512<float>.Zero;
        var c3b = Vector512<float>.Zero;
        var c4a = Vector512<float>.Zero;
        var c4b = Vector512<float>.Zero;
        var c5a = Vector512<float>.Zero;
        var c5b = Vector512<float>.Zero;
        var c6a = Vector512<float>.Zero;
        var c6b = Vector512<float>.Zero;
        var c7a = Vector512<float>.Zero;
        var c7b = Vector512<float>.Zero;
        var c8a = Vector512<float>.Zero;
        var c8b = Vector512<float>.Zero;
        if (goesOn)
        {
            c0a = Vector512.Load(tile + 0);
            c0b = Vector512.Load(tile + 16);
            c1a = Vector512.Load(tile + 32);
            c1b = Vector512.Load(tile + 48);
            c2a = Vector512.Load(tile + 64);
            c2b = Vector512.Load(tile + 80);
            c3a = Vector512.Load(tile + 96);
            c3b = Vector512.Load(tile + 112);
            c4a = Vector512.Load(tile + 128);
            c4b = Vector512.Load(tile + 144);
            c5a = Vector512.Load(tile + 160);
            c5b = Vector512.Load(tile + 176);
            c6a = Vector512.Load(tile + 192);
            c6b = Vector512.Load(tile + 208);
            c7a = Vector512.Load(tile + 224);
            c7b = Vector512.Load(tile + 240);
            c8a = Vector512.Load(tile + 256);
            c8b = Vector512.Load(tile + 272);
        }

        for (; terms >= 2; terms -= 2)
        {
            {
                Vector512<float> b0 = Vector512.Load(b);
                Vector512<float> b1 = Vector512.Load(b + 16);
                Vector512<float> x = Vector512.Create(a[0]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector512.Create(a[1]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector512.Create(a[2]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector512.Create(a[3]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector512.Create(a[4]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
                x = Vector512.Create(a[5]);
                c5a = Fma(x, b0, c5a);
                c5b = Fma(x, b1, c5b);
                x = Vector512.Create(a[6]);
                c6a = Fma(x, b0, c6a);
                c6b = Fma(x, b1, c6b);
                x = Vector512.Create(a[7]);
                c7a = Fma(x, b0, c7a);
                c7b = Fma(x, b1, c7b);
                x = Vector512.Create(a[8]);
                c8a = Fma(x, b0, c8a);
                c8b = Fma(x, b1, c8b);
            }

            {
                Vector512<float> b0 = Vector512.Load(b + (1 * strideB));
                Vector512<float> b1 = Vector512.Load(b + (1 * strideB) + 16);
                Vector512<float> x = Vector512.Create(a[9]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector512.Create(a[10]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector512.Create(a[11]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector512.Create(a[12]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector512.Create(a[13]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
                x = Vector512.Create(a[14]);
                c5a = Fma(x, b0, c5a);
                c5b = Fma(x, b1, c5b);
                x = Vector512.Create(a[15]);
                c6a = Fma(x, b0, c6a);
                c6b = Fma(x, b1, c6b);
                x = Vector512.Create(a[16]);
                c7a = Fma(x, b0, c7a);
                c7b = Fma(x, b1, c7b);
                x = Vector512.Create(a[17]);
                c8a = Fma(x, b0, c8a);
                c8b = Fma(x, b1, c8b);
            }

            a += 18;
            b += 2 * strideB;
        }

        for (; terms > 0; terms--)
        {
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector512.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector512.Create(a[4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            x = Vector512.Create(a[5]);
            c5a = Fma(x, b0, c5a);
            c5b = Fma(x, b1, c5b);
            x = Vector512.Create(a[6]);
            c6a = Fma(x, b0, c6a);
            c6b = Fma(x, b1, c6b);
            x = Vector512.Create(a[7]);
            c7a = Fma(x, b0, c7a);
            c7b = Fma(x, b1, c7b);
            x = Vector512.Create(a[8]);
            c8a = Fma(x, b0, c8a);
            c8b = Fma(x, b1, c8b);
            a += 9;
            b += strideB;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
        c3a.Store(tile + 96);
        c3b.Store(tile + 112);
        c4a.Store(tile + 128);
        c4b.Store(tile + 144);
        c5a.Store(tile + 160);
        c5b.Store(tile + 176);
        c6a.Store(tile + 192);
        c6b.Store(tile + 208);
        c7a.Store(tile + 224);
        c7b.Store(tile + 240);
        c8a.Store(tile + 256);
        c8b.Store(tile + 272);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run10(nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        var c3a = Vector512<float>.Zero;
        var c3b = Vector512<float>.Zero;
        var c4a = Vector512<float>.Zero;
        var c4b = Vector512<float>.Zero;
        var c5a = Vector512<float>.Zero;
        var c5b = Vector512<float>.Zero;
        var c6a = Vector512<float>.Zero;
        var c6b = Vector512<float>.Zero;
        var c7a = Vector512<float>.Zero;
        var c7b = Vector512<float>.Zero;
        var c8a = Vector512<float>.Zero;
        var c8b = Vector512<float>.Zero;
        var c9a = Vector512<float>.Zero;
        var c9b = Vector512<float>.Zero;
        if (goesOn)
        {
            c0a = Vector512.Load(tile + 0);
            c0b = Vector512.Load(tile + 16);
            c1a = Vector512.Load(tile + 32);
            c1b = Vector512.Load(tile + 48);
            c2a = Vector512.Load(tile + 64);
            c2b = Vector512.Load(tile + 80);
            c3a = Vector512.Load(tile + 96);
            c3b = Vector512.Load(tile + 112);
            c4a = Vector512.Load(tile + 128);
            c4b = Vector512.Load(tile + 144);
            c5a = Vector512.Load(tile + 160);
            c5b = Vector512.Load(tile + 176);
            c6a = Vector512.Load(tile + 192);
            c6b = Vector512.Load(tile + 208);
            c7a = Vector512.Load(tile + 224);
            c7b = Vector512.Load(tile + 240);
            c8a = Vector512.Load(tile + 256);
            c8b = Vector512.Load(tile + 272);
            c9a = Vector512.Load(tile + 288);
            c9b = Vector512.Load(tile + 304);
        }

        for (; terms >= 2; terms -= 2)
        {
            {
                Vector512<float> b0 = Vector512.Load(b);
                Vector512<float> b1 = Vector512.Load(b + 16);
                Vector512<float> x = Vector512.Create(a[0]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector512.Create(a[1]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector512.Create(a[2]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector512.Create(a[3]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector512.Create(a[4]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
                x = Vector512.Create(a[5]);
                c5a = Fma(x, b0, c5a);
                c5b = Fma(x, b1, c5b);
                x = Vector512.Create(a[6]);
                c6a = Fma(x, b0, c6a);
                c6b = Fma(x, b1, c6b);
                x = Vector512.Create(a[7]);
                c7a = Fma(x, b0, c7a);
                c7b = Fma(x, b1, c7b);
                x = Vector512.Create(a[8]);
                c8a = Fma(x, b0, c8a);
                c8b = Fma(x, b1, c8b);
                x = Vector512.Create(a[9]);
                c9a = Fma(x, b0, c9a);
                c9b = Fma(x, b1, c9b);
            }

            {
                Vector512<float> b0 = Vector512.Load(b + (1 * strideB));
                Vector512<float> b1 = Vector512.Load(b + (1 * strideB) + 16);
                Vector512<float> x = Vector512.Create(a[10]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector512.Create(a[11]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector512.Create(a[12]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector512.Create(a[13]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector512.Create(a[14]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
                x = Vector512.Create(a[15]);
                c5a = Fma(x, b0, c5a);
                c5b = Fma(x, b1, c5b);
                x = Vector512.Create(a[16]);
                c6a = Fma(x, b0, c6a);
                c6b = Fma(x, b1, c6b);
                x = Vector512.Create(a[17]);
                c7a = Fma(x, b0, c7a);
                c7b = Fma(x, b1, c7b);
                x = Vector512.Create(a[18]);
                c8a = Fma(x, b0, c8a);
                c8b = Fma(x, b1, c8b);
                x = Vector512.Create(a[19]);
                c9a = Fma(x, b0, c9a);
                c9b = Fma(x, b1, c9b);
            }

            a += 20;
            b += 2 * strideB;
        }

        for (; terms > 0; terms--)
        {
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector512.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector512.Create(a[4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            x = Vector512.Create(a[5]);
            c5a = Fma(x, b0, c5a);
            c5b = Fma(x, b1, c5b);
            x = Vector512.Create(a[6]);
            c6a = Fma(x, b0, c6a);
            c6b = Fma(x, b1, c6b);
            x = Vector512.Create(a[7]);
            c7a = Fma(x, b0, c7a);
            c7b = Fma(x, b1, c7b);
            x = Vector512.Create(a[8]);
            c8a = Fma(x, b0, c8a);
            c8b = Fma(x, b1, c8b);
            x = Vector512.Create(a[9]);
            c9a = Fma(x, b0, c9a);
            c9b = Fma(x, b1, c9b);
            a += 10;
            b += strideB;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
        c3a.Store(tile + 96);
        c3b.Store(tile + 112);
        c4a.Store(tile + 128);
        c4b.Store(tile + 144);
        c5a.Store(tile + 160);
        c5b.Store(tile + 176);
        c6a.Store(tile + 192);
        c6b.Store(tile + 208);
        c7a.Store(tile + 224);
        c7b.Store(tile + 240);
        c8a.Store(tile + 256);
        c8b.Store(tile + 272);
        c9a.Store(tile + 288);
        c9b.Store(tile + 304);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run11(nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        var c3a = Vector512<float>.Zero;
        var c3b = Vector512<float>.Zero;
        var c4a = Vector512<float>.Zero;
        var c4b = Vector512<float>.Zero;
        var c5a = Vector512<float>.Zero;
        var c5b = Vector512<float>.Zero;
        var c6a = Vector512<float>.Zero;
        var c6b = Vector512<float>.Zero;
        var c7a = Vector512<float>.Zero;
        var c7b = Vector512<float>.Zero;
        var c8a = Vector512<float>.Zero;
        var c8b = Vector512<float>.Zero;
        var c9a = Vector512<float>.Zero;
        var c9b = Vector512<float>.Zero;
        var c10a = Vector512<float>.Zero;
        var c10b = Vector512<float>.Zero;
        if (goesOn)
        {
            c0a = Vector512.Load(tile + 0);
            c0b = Vector512.Load(tile + 16);
            c1a = Vector512.Load(tile + 32);
            c1b = Vector512.Load(tile + 48);
            c2a = Vector512.Load(tile + 64);
            c2b = Vector512.Load(tile + 80);
            c3a = Vector512.Load(tile + 96);
            c3b = Vector512.Load(tile + 112);
            c4a = Vector512.Load(tile + 128);
            c4b = Vector512.Load(tile + 144);
            c5a = Vector512.Load(tile + 160);
            c5b = Vector512.Load(tile + 176);
            c6a = Vector512.Load(tile + 192);
            c6b = Vector512.Load(tile + 208);
            c7a = Vector512.Load(tile + 224);
            c7b = Vector512.Load(tile + 240);
            c8a = Vector512.Load(tile + 256);
            c8b = Vector512.Load(tile + 272);
            c9a = Vector512.Load(tile + 288);
            c9b = Vector512.Load(tile + 304);
            c10a = Vector512.Load(tile + 320);
            c10b = Vector512.Load(tile + 336);
        }

        for (; terms >= 2; terms -= 2)
        {
            {
                Vector512<float> b0 = Vector512.Load(b);
                Vector512<float> b1 = Vector512.Load(b + 16);
                Vector512<float> x = Vector512.Create(a[0]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector512.Create(a[1]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector512.Create(a[2]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector512.Create(a[3]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector512.Create(a[4]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
                x = Vector512.Create(a[5]);
                c5a = Fma(x, b0, c5a);
                c5b = Fma(x, b1, c5b);
                x = Vector512.Create(a[6]);
                c6a = Fma(x, b0, c6a);
                c6b = Fma(x, b1, c6b);
                x = Vector512.Create(a[7]);
                c7a = Fma(x, b0, c7a);
                c7b = Fma(x, b1, c7b);
                x = Vector512.Create(a[8]);
                c8a = Fma(x, b0, c8a);
                c8b = Fma(x, b1, c8b);
                x = Vector512.Create(a[9]);
                c9a = Fma(x, b0, c9a);
                c9b = Fma(x, b1, c9b);
                x = Vector512.Create(a[10]);
                c10a = Fma(x, b0, c10a);
                c10b = Fma(x, b1, c10b);
            }

            {
                Vector512<float> b0 = Vector512.Load(b + (1 * strideB));
                Vector512<float> b1 = Vector512.Load(b + (1 * strideB) + 16);
                Vector512<float> x = Vector512.Create(a[11]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector512.Create(a[12]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector512.Create(a[13]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector512.Create(a[14]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector512.Create(a[15]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
                x = Vector512.Create(a[16]);
                c5a = Fma(x, b0, c5a);
                c5b = Fma(x, b1, c5b);
                x = Vector512.Create(a[17]);
                c6a = Fma(x, b0, c6a);
                c6b = Fma(x, b1, c6b);
                x = Vector512.Create(a[18]);
                c7a = Fma(x, b0, c7a);
                c7b = Fma(x, b1, c7b);
                x = Vector512.Create(a[19]);
                c8a = Fma(x, b0, c8a);
                c8b = Fma(x, b1, c8b);
                x = Vector512.Create(a[20]);
                c9a = Fma(x, b0, c9a);
                c9b = Fma(x, b1, c9b);
                x = Vector512.Create(a[21]);
                c10a = Fma(x, b0, c10a);
                c10b = Fma(x, b1, c10b);
            }

            a += 22;
            b += 2 * strideB;
        }

        for (; terms > 0; terms--)
        {
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector512.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector512.Create(a[4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            x = Vector512.Create(a[5]);
            c5a = Fma(x, b0, c5a);
            c5b = Fma(x, b1, c5b);
            x = Vector512.Create(a[6]);
            c6a = Fma(x, b0, c6a);
            c6b = Fma(x, b1, c6b);
            x = Vector512.Create(a[7]);
            c7a = Fma(x, b0, c7a);
            c7b = Fma(x, b1, c7b);
            x = Vector512.Create(a[8]);
            c8a = Fma(x, b0, c8a);
            c8b = Fma(x, b1, c8b);
            x = Vector512.Create(a[9]);
            c9a = Fma(x, b0, c9a);
            c9b = Fma(x, b1, c9b);
            x = Vector512.Create(a[10]);
            c10a = Fma(x, b0, c10a);
            c10b = Fma(x, b1, c10b);
            a += 11;
            b += strideB;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
        c3a.Store(tile + 96);
        c3b.Store(tile + 112);
        c4a.Store(tile + 128);
        c4b.Store(tile + 144);
        c5a.Store(tile + 160);
        c5b.Store(tile + 176);
        c6a.Store(tile + 192);
        c6b.Store(tile + 208);
        c7a.Store(tile + 224);
        c7b.Store(tile + 240);
        c8a.Store(tile + 256);
        c8b.Store(tile + 272);
        c9a.Store(tile + 288);
        c9b.Store(tile + 304);
        c10a.Store(tile + 320);
        c10b.Store(tile + 336);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run12(nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        var c3a = Vector512<float>.Zero;
        var c3b = Vector512<float>.Zero;
        var c4a = Vector512<float>.Zero;
        var c4b = Vector512<float>.Zero;
        var c5a = Vector512<float>.Zero;
        var c5b = Vector512<float>.Zero;
        var c6a = Vector512<float>.Zero;
        var c6b = Vector512<float>.Zero;
        var c7a = Vector512<float>.Zero;
        var c7b = Vector512<float>.Zero;
        var c8a = Vector512<float>.Zero;
        var c8b = Vector512<float>.Zero;
        var c9a = Vector512<float>.Zero;
        var c9b = Vector512<float>.Zero;
        var c10a = Vector512<float>.Zero;
        var c10b = Vector512<float>.Zero;
        var c11a = Vector512<float>.Zero;
        var c11b = Vector512<float>.Zero;
        if (goesOn)
        {
            c0a = Vector512.Load(tile + 0);
            c0b = Vector512.Load(tile + 16);
            c1a = Vector512.Load(tile + 32);
            c1b = Vector512.Load(tile + 48);
            c2a = Vector512.Load(tile + 64);
            c2b = Vector512.Load(tile + 80);
            c3a = Vector512.Load(tile + 96);
            c3b = Vector512.Load(tile + 112);
            c4a = Vector512.Load(tile + 128);
            c4b = Vector512.Load(tile + 144);
            c5a = Vector512.Load(tile + 160);
            c5b = Vector512.Load(tile + 176);
            c6a = Vector512.Load(tile + 192);
            c6b = Vector512.Load(tile + 208);
            c7a = Vector512.Load(tile + 224);
            c7b = Vector512.Load(tile + 240);
            c8a = Vector512.Load(tile + 256);
            c8b = Vector512.Load(tile + 272);
            c9a = Vector512.Load(tile + 288);
            c9b = Vector512.Load(tile + 304);
            c10a = Vector512.Load(tile + 320);
            c10b = Vector512.Load(tile + 336);
            c11a = Vector512.Load(tile + 352);
            c11b = Vector512.Load(tile + 368);
        }

        for (; terms >= 2; terms -= 2)
        {
            {
                Vector512<float> b0 = Vector512.Load(b);
                Vector512<float> b1 = Vector512.Load(b + 16);
                Vector512<float> x = Vector512.Create(a[0]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector512.Create(a[1]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector512.Create(a[2]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector512.Create(a[3]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector512.Create(a[4]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
                x = Vector512.Create(a[5]);
                c5a = Fma(x, b0, c5a);
                c5b = Fma(x, b1, c5b);
                x = Vector512.Create(a[6]);
                c6a = Fma(x, b0, c6a);
                c6b = Fma(x, b1, c6b);
                x = Vector512.Create(a[7]);
                c7a = Fma(x, b0, c7a);
                c7b = Fma(x, b1, c7b);
                x = Vector512.Create(a[8]);
                c8a = Fma(x, b0, c8a);
                c8b = Fma(x, b1, c8b);
                x = Vector512.Create(a[9]);
                c9a = Fma(x, b0, c9a);
                c9b = Fma(x, b1, c9b);
                x = Vector512.Create(a[10]);
                c10a = Fma(x, b0, c10a);
                c10b = Fma(x, b1, c10b);
                x = Vector512.Create(a[11]);
                c11a = Fma(x, b0, c11a);
                c11b = Fma(x, b1, c11b);
            }

            {
                Vector512<float> b0 = Vector512.Load(b + (1 * strideB));
                Vector512<float> b1 = Vector512.Load(b + (1 * strideB) + 16);
                Vector512<float> x = Vector512.Create(a[12]);
                c0a = Fma(x, b0, c0a);
                c0b = Fma(x, b1, c0b);
                x = Vector512.Create(a[13]);
                c1a = Fma(x, b0, c1a);
                c1b = Fma(x, b1, c1b);
                x = Vector512.Create(a[14]);
                c2a = Fma(x, b0, c2a);
                c2b = Fma(x, b1, c2b);
                x = Vector512.Create(a[15]);
                c3a = Fma(x, b0, c3a);
                c3b = Fma(x, b1, c3b);
                x = Vector512.Create(a[16]);
                c4a = Fma(x, b0, c4a);
                c4b = Fma(x, b1, c4b);
                x = Vector512.Create(a[17]);
                c5a = Fma(x, b0, c5a);
                c5b = Fma(x, b1, c5b);
                x = Vector512.Create(a[18]);
                c6a = Fma(x, b0, c6a);
                c6b = Fma(x, b1, c6b);
                x = Vector512.Create(a[19]);
                c7a = Fma(x, b0, c7a);
                c7b = Fma(x, b1, c7b);
                x = Vector512.Create(a[20]);
                c8a = Fma(x, b0, c8a);
                c8b = Fma(x, b1, c8b);
                x = Vector512.Create(a[21]);
                c9a = Fma(x, b0, c9a);
                c9b = Fma(x, b1, c9b);
                x = Vector512.Create(a[22]);
                c10a = Fma(x, b0, c10a);
                c10b = Fma(x, b1, c10b);
                x = Vector512.Create(a[23]);
                c11a = Fma(x, b0, c11a);
                c11b = Fma(x, b1, c11b);
            }

            a += 24;
            b += 2 * strideB;
        }

        for (; terms > 0; terms--)
        {
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector512.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector512.Create(a[4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            x = Vector512.Create(a[5]);
            c5a = Fma(x, b0, c5a);
            c5b = Fma(x, b1, c5b);
            x = Vector512.Create(a[6]);
            c6a = Fma(x, b0, c6a);
            c6b = Fma(x, b1, c6b);
            x = Vector512.Create(a[7]);
            c7a = Fma(x, b0, c7a);
            c7b = Fma(x, b1, c7b);
            x = Vector512.Create(a[8]);
            c8a = Fma(x, b0, c8a);
            c8b = Fma(x, b1, c8b);
            x = Vector512.Create(a[9]);
            c9a = Fma(x, b0, c9a);
            c9b = Fma(x, b1, c9b);
            x = Vector512.Create(a[10]);
            c10a = Fma(x, b0, c10a);
            c10b = Fma(x, b1, c10b);
            x = Vector512.Create(a[11]);
            c11a = Fma(x, b0, c11a);
            c11b = Fma(x, b1, c11b);
            a += 12;
            b += strideB;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
        c3a.Store(tile + 96);
        c3b.Store(tile + 112);
        c4a.Store(tile + 128);
        c4b.Store(tile + 144);
        c5a.Store(tile + 160);
        c5b.Store(tile + 176);
        c6a.Store(tile + 192);
        c6b.Store(tile + 208);
        c7a.Store(tile + 224);
        c7b.Store(tile + 240);
        c8a.Store(tile + 256);
        c8b.Store(tile + 272);
        c9a.Store(tile + 288);
        c9b.Store(tile + 304);
        c10a.Store(tile + 320);
        c10b.Store(tile + 336);
        c11a.Store(tile + 352);
        c11b.Store(tile + 368);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps1(nint terms, float* a, float* source, int* offsets, float* tile)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        for (nint k = 0; k < terms; k++)
        {
            float* b = source + offsets[k];
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            a += 1;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps2(nint terms, float* a, float* source, int* offsets, float* tile)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        for (nint k = 0; k < terms; k++)
        {
            float* b = source + offsets[k];
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            a += 2;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps3(nint terms, float* a, float* source, int* offsets, float* tile)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        for (nint k = 0; k < terms; k++)
        {
            float* b = source + offsets[k];
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            a += 3;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps4(nint terms, float* a, float* source, int* offsets, float* tile)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        var c3a = Vector512<float>.Zero;
        var c3b = Vector512<float>.Zero;
        for (nint k = 0; k < terms; k++)
        {
            float* b = source + offsets[k];
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector512.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            a += 4;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
        c3a.Store(tile + 96);
        c3b.Store(tile + 112);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps5(nint terms, float* a, float* source, int* offsets, float* tile)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        var c3a = Vector512<float>.Zero;
        var c3b = Vector512<float>.Zero;
        var c4a = Vector512<float>.Zero;
        var c4b = Vector512<float>.Zero;
        for (nint k = 0; k < terms; k++)
        {
            float* b = source + offsets[k];
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector512.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector512.Create(a[4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            a += 5;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
        c3a.Store(tile + 96);
        c3b.Store(tile + 112);
        c4a.Store(tile + 128);
        c4b.Store(tile + 144);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps6(nint terms, float* a, float* source, int* offsets, float* tile)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        var c3a = Vector512<float>.Zero;
        var c3b = Vector512<float>.Zero;
        var c4a = Vector512<float>.Zero;
        var c4b = Vector512<float>.Zero;
        var c5a = Vector512<float>.Zero;
        var c5b = Vector512<float>.Zero;
        for (nint k = 0; k < terms; k++)
        {
            float* b = source + offsets[k];
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector512.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector512.Create(a[4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            x = Vector512.Create(a[5]);
            c5a = Fma(x, b0, c5a);
            c5b = Fma(x, b1, c5b);
            a += 6;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
        c3a.Store(tile + 96);
        c3b.Store(tile + 112);
        c4a.Store(tile + 128);
        c4b.Store(tile + 144);
        c5a.Store(tile + 160);
        c5b.Store(tile + 176);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps7(nint terms, float* a, float* source, int* offsets, float* tile)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        var c3a = Vector512<float>.Zero;
        var c3b = Vector512<float>.Zero;
        var c4a = Vector512<float>.Zero;
        var c4b = Vector512<float>.Zero;
        var c5a = Vector512<float>.Zero;
        var c5b = Vector512<float>.Zero;
        var c6a = Vector512<float>.Zero;
        var c6b = Vector512<float>.Zero;
        for (nint k = 0; k < terms; k++)
        {
            float* b = source + offsets[k];
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector512.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector512.Create(a[4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            x = Vector512.Create(a[5]);
            c5a = Fma(x, b0, c5a);
            c5b = Fma(x, b1, c5b);
            x = Vector512.Create(a[6]);
            c6a = Fma(x, b0, c6a);
            c6b = Fma(x, b1, c6b);
            a += 7;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
        c3a.Store(tile + 96);
        c3b.Store(tile + 112);
        c4a.Store(tile + 128);
        c4b.Store(tile + 144);
        c5a.Store(tile + 160);
        c5b.Store(tile + 176);
        c6a.Store(tile + 192);
        c6b.Store(tile + 208);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps8(nint terms, float* a, float* source, int* offsets, float* tile)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        var c3a = Vector512<float>.Zero;
        var c3b = Vector512<float>.Zero;
        var c4a = Vector512<float>.Zero;
        var c4b = Vector512<float>.Zero;
        var c5a = Vector512<float>.Zero;
        var c5b = Vector512<float>.Zero;
        var c6a = Vector512<float>.Zero;
        var c6b = Vector512<float>.Zero;
        var c7a = Vector512<float>.Zero;
        var c7b = Vector512<float>.Zero;
        for (nint k = 0; k < terms; k++)
        {
            float* b = source + offsets[k];
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector512.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector512.Create(a[4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            x = Vector512.Create(a[5]);
            c5a = Fma(x, b0, c5a);
            c5b = Fma(x, b1, c5b);
            x = Vector512.Create(a[6]);
            c6a = Fma(x, b0, c6a);
            c6b = Fma(x, b1, c6b);
            x = Vector512.Create(a[7]);
            c7a = Fma(x, b0, c7a);
            c7b = Fma(x, b1, c7b);
            a += 8;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
        c3a.Store(tile + 96);
        c3b.Store(tile + 112);
        c4a.Store(tile + 128);
        c4b.Store(tile + 144);
        c5a.Store(tile + 160);
        c5b.Store(tile + 176);
        c6a.Store(tile + 192);
        c6b.Store(tile + 208);
        c7a.Store(tile + 224);
        c7b.Store(tile + 240);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps9(nint terms, float* a, float* source, int* offsets, float* tile)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        var c3a = Vector512<float>.Zero;
        var c3b = Vector512<float>.Zero;
        var c4a = Vector512<float>.Zero;
        var c4b = Vector512<float>.Zero;
        var c5a = Vector512<float>.Zero;
        var c5b = Vector512<float>.Zero;
        var c6a = Vector512<float>.Zero;
        var c6b = Vector512<float>.Zero;
        var c7a = Vector512<float>.Zero;
        var c7b = Vector512<float>.Zero;
        var c8a = Vector512<float>.Zero;
        var c8b = Vector512<float>.Zero;
        for (nint k = 0; k < terms; k++)
        {
            float* b = source + offsets[k];
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector512.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector512.Create(a[4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            x = Vector512.Create(a[5]);
            c5a = Fma(x, b0, c5a);
            c5b = Fma(x, b1, c5b);
            x = Vector512.Create(a[6]);
            c6a = Fma(x, b0, c6a);
            c6b = Fma(x, b1, c6b);
            x = Vector512.Create(a[7]);
            c7a = Fma(x, b0, c7a);
            c7b = Fma(x, b1, c7b);
            x = Vector512.Create(a[8]);
            c8a = Fma(x, b0, c8a);
            c8b = Fma(x, b1, c8b);
            a += 9;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
        c3a.Store(tile + 96);
        c3b.Store(tile + 112);
        c4a.Store(tile + 128);
        c4b.Store(tile + 144);
        c5a.Store(tile + 160);
        c5b.Store(tile + 176);
        c6a.Store(tile + 192);
        c6b.Store(tile + 208);
        c7a.Store(tile + 224);
        c7b.Store(tile + 240);
        c8a.Store(tile + 256);
        c8b.Store(tile + 272);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps10(nint terms, float* a, float* source, int* offsets, float* tile)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        var c3a = Vector512<float>.Zero;
        var c3b = Vector512<float>.Zero;
        var c4a = Vector512<float>.Zero;
        var c4b = Vector512<float>.Zero;
        var c5a = Vector512<float>.Zero;
        var c5b = Vector512<float>.Zero;
        var c6a = Vector512<float>.Zero;
        var c6b = Vector512<float>.Zero;
        var c7a = Vector512<float>.Zero;
        var c7b = Vector512<float>.Zero;
        var c8a = Vector512<float>.Zero;
        var c8b = Vector512<float>.Zero;
        var c9a = Vector512<float>.Zero;
        var c9b = Vector512<float>.Zero;
        for (nint k = 0; k < terms; k++)
        {
            float* b = source + offsets[k];
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector512.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector512.Create(a[4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            x = Vector512.Create(a[5]);
            c5a = Fma(x, b0, c5a);
            c5b = Fma(x, b1, c5b);
            x = Vector512.Create(a[6]);
            c6a = Fma(x, b0, c6a);
            c6b = Fma(x, b1, c6b);
            x = Vector512.Create(a[7]);
            c7a = Fma(x, b0, c7a);
            c7b = Fma(x, b1, c7b);
            x = Vector512.Create(a[8]);
            c8a = Fma(x, b0, c8a);
            c8b = Fma(x, b1, c8b);
            x = Vector512.Create(a[9]);
            c9a = Fma(x, b0, c9a);
            c9b = Fma(x, b1, c9b);
            a += 10;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
        c3a.Store(tile + 96);
        c3b.Store(tile + 112);
        c4a.Store(tile + 128);
        c4b.Store(tile + 144);
        c5a.Store(tile + 160);
        c5b.Store(tile + 176);
        c6a.Store(tile + 192);
        c6b.Store(tile + 208);
        c7a.Store(tile + 224);
        c7b.Store(tile + 240);
        c8a.Store(tile + 256);
        c8b.Store(tile + 272);
        c9a.Store(tile + 288);
        c9b.Store(tile + 304);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps11(nint terms, float* a, float* source, int* offsets, float* tile)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        var c3a = Vector512<float>.Zero;
        var c3b = Vector512<float>.Zero;
        var c4a = Vector512<float>.Zero;
        var c4b = Vector512<float>.Zero;
        var c5a = Vector512<float>.Zero;
        var c5b = Vector512<float>.Zero;
        var c6a = Vector512<float>.Zero;
        var c6b = Vector512<float>.Zero;
        var c7a = Vector512<float>.Zero;
        var c7b = Vector512<float>.Zero;
        var c8a = Vector512<float>.Zero;
        var c8b = Vector512<float>.Zero;
        var c9a = Vector512<float>.Zero;
        var c9b = Vector512<float>.Zero;
        var c10a = Vector512<float>.Zero;
        var c10b = Vector512<float>.Zero;
        for (nint k = 0; k < terms; k++)
        {
            float* b = source + offsets[k];
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector512.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector512.Create(a[4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            x = Vector512.Create(a[5]);
            c5a = Fma(x, b0, c5a);
            c5b = Fma(x, b1, c5b);
            x = Vector512.Create(a[6]);
            c6a = Fma(x, b0, c6a);
            c6b = Fma(x, b1, c6b);
            x = Vector512.Create(a[7]);
            c7a = Fma(x, b0, c7a);
            c7b = Fma(x, b1, c7b);
            x = Vector512.Create(a[8]);
            c8a = Fma(x, b0, c8a);
            c8b = Fma(x, b1, c8b);
            x = Vector512.Create(a[9]);
            c9a = Fma(x, b0, c9a);
            c9b = Fma(x, b1, c9b);
            x = Vector512.Create(a[10]);
            c10a = Fma(x, b0, c10a);
            c10b = Fma(x, b1, c10b);
            a += 11;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
        c3a.Store(tile + 96);
        c3b.Store(tile + 112);
        c4a.Store(tile + 128);
        c4b.Store(tile + 144);
        c5a.Store(tile + 160);
        c5b.Store(tile + 176);
        c6a.Store(tile + 192);
        c6b.Store(tile + 208);
        c7a.Store(tile + 224);
        c7b.Store(tile + 240);
        c8a.Store(tile + 256);
        c8b.Store(tile + 272);
        c9a.Store(tile + 288);
        c9b.Store(tile + 304);
        c10a.Store(tile + 320);
        c10b.Store(tile + 336);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps12(nint terms, float* a, float* source, int* offsets, float* tile)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        var c3a = Vector512<float>.Zero;
        var c3b = Vector512<float>.Zero;
        var c4a = Vector512<float>.Zero;
        var c4b = Vector512<float>.Zero;
        var c5a = Vector512<float>.Zero;
        var c5b = Vector512<float>.Zero;
        var c6a = Vector512<float>.Zero;
        var c6b = Vector512<float>.Zero;
        var c7a = Vector512<float>.Zero;
        var c7b = Vector512<float>.Zero;
        var c8a = Vector512<float>.Zero;
        var c8b = Vector512<float>.Zero;
        var c9a = Vector512<float>.Zero;
        var c9b = Vector512<float>.Zero;
        var c10a = Vector512<float>.Zero;
        var c10b = Vector512<float>.Zero;
        var c11a = Vector512<float>.Zero;
        var c11b = Vector512<float>.Zero;
        for (nint k = 0; k < terms; k++)
        {
            float* b = source + offsets[k];
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector512.Create(a[3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector512.Create(a[4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            x = Vector512.Create(a[5]);
            c5a = Fma(x, b0, c5a);
            c5b = Fma(x, b1, c5b);
            x = Vector512.Create(a[6]);
            c6a = Fma(x, b0, c6a);
            c6b = Fma(x, b1, c6b);
            x = Vector512.Create(a[7]);
            c7a = Fma(x, b0, c7a);
            c7b = Fma(x, b1, c7b);
            x = Vector512.Create(a[8]);
            c8a = Fma(x, b0, c8a);
            c8b = Fma(x, b1, c8b);
            x = Vector512.Create(a[9]);
            c9a = Fma(x, b0, c9a);
            c9b = Fma(x, b1, c9b);
            x = Vector512.Create(a[10]);
            c10a = Fma(x, b0, c10a);
            c10b = Fma(x, b1, c10b);
            x = Vector512.Create(a[11]);
            c11a = Fma(x, b0, c11a);
            c11b = Fma(x, b1, c11b);
            a += 12;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
        c3a.Store(tile + 96);
        c3b.Store(tile + 112);
        c4a.Store(tile + 128);
        c4b.Store(tile + 144);
        c5a.Store(tile + 160);
        c5b.Store(tile + 176);
        c6a.Store(tile + 192);
        c6b.Store(tile + 208);
        c7a.Store(tile + 224);
        c7b.Store(tile + 240);
        c8a.Store(tile + 256);
        c8b.Store(tile + 272);
        c9a.Store(tile + 288);
        c9b.Store(tile + 304);
        c10a.Store(tile + 320);
        c10b.Store(tile + 336);
        c11a.Store(tile + 352);
        c11b.Store(tile + 368);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pixels1(nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        if (goesOn)
        {
            c0a = Vector512.Load(tile + 0);
            c0b = Vector512.Load(tile + 16);
        }

        nint t0 = taps[0];
        for (nint k = 0; k < terms; k++)
        {
            float* a = source + pixels[k];
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[t0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            b += 32;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pixels2(nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        if (goesOn)
        {
            c0a = Vector512.Load(tile + 0);
            c0b = Vector512.Load(tile + 16);
            c1a = Vector512.Load(tile + 32);
            c1b = Vector512.Load(tile + 48);
        }

        nint t0 = taps[0];
        nint t1 = taps[1];
        for (nint k = 0; k < terms; k++)
        {
            float* a = source + pixels[k];
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[t0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[t1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            b += 32;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pixels3(nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        if (goesOn)
        {
            c0a = Vector512.Load(tile + 0);
            c0b = Vector512.Load(tile + 16);
            c1a = Vector512.Load(tile + 32);
            c1b = Vector512.Load(tile + 48);
            c2a = Vector512.Load(tile + 64);
            c2b = Vector512.Load(tile + 80);
        }

        nint t0 = taps[0];
        nint t1 = taps[1];
        nint t2 = taps[2];
        for (nint k = 0; k < terms; k++)
        {
            float* a = source + pixels[k];
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[t0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[t1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[t2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            b += 32;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pixels4(nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        var c3a = Vector512<float>.Zero;
        var c3b = Vector512<float>.Zero;
        if (goesOn)
        {
            c0a = Vector512.Load(tile + 0);
            c0b = Vector512.Load(tile + 16);
            c1a = Vector512.Load(tile + 32);
            c1b = Vector512.Load(tile + 48);
            c2a = Vector512.Load(tile + 64);
            c2b = Vector512.Load(tile + 80);
            c3a = Vector512.Load(tile + 96);
            c3b = Vector512.Load(tile + 112);
        }

        nint t0 = taps[0];
        nint t1 = taps[1];
        nint t2 = taps[2];
        nint t3 = taps[3];
        for (nint k = 0; k < terms; k++)
        {
            float* a = source + pixels[k];
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[t0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[t1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[t2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector512.Create(a[t3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            b += 32;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
        c3a.Store(tile + 96);
        c3b.Store(tile + 112);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pixels5(nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        var c3a = Vector512<float>.Zero;
        var c3b = Vector512<float>.Zero;
        var c4a = Vector512<float>.Zero;
        var c4b = Vector512<float>.Zero;
        if (goesOn)
        {
            c0a = Vector512.Load(tile + 0);
            c0b = Vector512.Load(tile + 16);
            c1a = Vector512.Load(tile + 32);
            c1b = Vector512.Load(tile + 48);
            c2a = Vector512.Load(tile + 64);
            c2b = Vector512.Load(tile + 80);
            c3a = Vector512.Load(tile + 96);
            c3b = Vector512.Load(tile + 112);
            c4a = Vector512.Load(tile + 128);
            c4b = Vector512.Load(tile + 144);
        }

        nint t0 = taps[0];
        nint t1 = taps[1];
        nint t2 = taps[2];
        nint t3 = taps[3];
        nint t4 = taps[4];
        for (nint k = 0; k < terms; k++)
        {
            float* a = source + pixels[k];
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[t0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[t1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[t2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector512.Create(a[t3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector512.Create(a[t4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            b += 32;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
        c3a.Store(tile + 96);
        c3b.Store(tile + 112);
        c4a.Store(tile + 128);
        c4b.Store(tile + 144);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pixels6(nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        var c3a = Vector512<float>.Zero;
        var c3b = Vector512<float>.Zero;
        var c4a = Vector512<float>.Zero;
        var c4b = Vector512<float>.Zero;
        var c5a = Vector512<float>.Zero;
        var c5b = Vector512<float>.Zero;
        if (goesOn)
        {
            c0a = Vector512.Load(tile + 0);
            c0b = Vector512.Load(tile + 16);
            c1a = Vector512.Load(tile + 32);
            c1b = Vector512.Load(tile + 48);
            c2a = Vector512.Load(tile + 64);
            c2b = Vector512.Load(tile + 80);
            c3a = Vector512.Load(tile + 96);
            c3b = Vector512.Load(tile + 112);
            c4a = Vector512.Load(tile + 128);
            c4b = Vector512.Load(tile + 144);
            c5a = Vector512.Load(tile + 160);
            c5b = Vector512.Load(tile + 176);
        }

        nint t0 = taps[0];
        nint t1 = taps[1];
        nint t2 = taps[2];
        nint t3 = taps[3];
        nint t4 = taps[4];
        nint t5 = taps[5];
        for (nint k = 0; k < terms; k++)
        {
            float* a = source + pixels[k];
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[t0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[t1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[t2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector512.Create(a[t3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector512.Create(a[t4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            x = Vector512.Create(a[t5]);
            c5a = Fma(x, b0, c5a);
            c5b = Fma(x, b1, c5b);
            b += 32;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
        c3a.Store(tile + 96);
        c3b.Store(tile + 112);
        c4a.Store(tile + 128);
        c4b.Store(tile + 144);
        c5a.Store(tile + 160);
        c5b.Store(tile + 176);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pixels7(nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        var c3a = Vector512<float>.Zero;
        var c3b = Vector512<float>.Zero;
        var c4a = Vector512<float>.Zero;
        var c4b = Vector512<float>.Zero;
        var c5a = Vector512<float>.Zero;
        var c5b = Vector512<float>.Zero;
        var c6a = Vector512<float>.Zero;
        var c6b = Vector512<float>.Zero;
        if (goesOn)
        {
            c0a = Vector512.Load(tile + 0);
            c0b = Vector512.Load(tile + 16);
            c1a = Vector512.Load(tile + 32);
            c1b = Vector512.Load(tile + 48);
            c2a = Vector512.Load(tile + 64);
            c2b = Vector512.Load(tile + 80);
            c3a = Vector512.Load(tile + 96);
            c3b = Vector512.Load(tile + 112);
            c4a = Vector512.Load(tile + 128);
            c4b = Vector512.Load(tile + 144);
            c5a = Vector512.Load(tile + 160);
            c5b = Vector512.Load(tile + 176);
            c6a = Vector512.Load(tile + 192);
            c6b = Vector512.Load(tile + 208);
        }

        nint t0 = taps[0];
        nint t1 = taps[1];
        nint t2 = taps[2];
        nint t3 = taps[3];
        nint t4 = taps[4];
        nint t5 = taps[5];
        nint t6 = taps[6];
        for (nint k = 0; k < terms; k++)
        {
            float* a = source + pixels[k];
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[t0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[t1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[t2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector512.Create(a[t3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector512.Create(a[t4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            x = Vector512.Create(a[t5]);
            c5a = Fma(x, b0, c5a);
            c5b = Fma(x, b1, c5b);
            x = Vector512.Create(a[t6]);
            c6a = Fma(x, b0, c6a);
            c6b = Fma(x, b1, c6b);
            b += 32;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
        c3a.Store(tile + 96);
        c3b.Store(tile + 112);
        c4a.Store(tile + 128);
        c4b.Store(tile + 144);
        c5a.Store(tile + 160);
        c5b.Store(tile + 176);
        c6a.Store(tile + 192);
        c6b.Store(tile + 208);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pixels8(nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        var c3a = Vector512<float>.Zero;
        var c3b = Vector512<float>.Zero;
        var c4a = Vector512<float>.Zero;
        var c4b = Vector512<float>.Zero;
        var c5a = Vector512<float>.Zero;
        var c5b = Vector512<float>.Zero;
        var c6a = Vector512<float>.Zero;
        var c6b = Vector512<float>.Zero;
        var c7a = Vector512<float>.Zero;
        var c7b = Vector512<float>.Zero;
        if (goesOn)
        {
            c0a = Vector512.Load(tile + 0);
            c0b = Vector512.Load(tile + 16);
            c1a = Vector512.Load(tile + 32);
            c1b = Vector512.Load(tile + 48);
            c2a = Vector512.Load(tile + 64);
            c2b = Vector512.Load(tile + 80);
            c3a = Vector512.Load(tile + 96);
            c3b = Vector512.Load(tile + 112);
            c4a = Vector512.Load(tile + 128);
            c4b = Vector512.Load(tile + 144);
            c5a = Vector512.Load(tile + 160);
            c5b = Vector512.Load(tile + 176);
            c6a = Vector512.Load(tile + 192);
            c6b = Vector512.Load(tile + 208);
            c7a = Vector512.Load(tile + 224);
            c7b = Vector512.Load(tile + 240);
        }

        nint t0 = taps[0];
        nint t1 = taps[1];
        nint t2 = taps[2];
        nint t3 = taps[3];
        nint t4 = taps[4];
        nint t5 = taps[5];
        nint t6 = taps[6];
        nint t7 = taps[7];
        for (nint k = 0; k < terms; k++)
        {
            float* a = source + pixels[k];
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[t0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[t1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[t2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector512.Create(a[t3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector512.Create(a[t4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            x = Vector512.Create(a[t5]);
            c5a = Fma(x, b0, c5a);
            c5b = Fma(x, b1, c5b);
            x = Vector512.Create(a[t6]);
            c6a = Fma(x, b0, c6a);
            c6b = Fma(x, b1, c6b);
            x = Vector512.Create(a[t7]);
            c7a = Fma(x, b0, c7a);
            c7b = Fma(x, b1, c7b);
            b += 32;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
        c3a.Store(tile + 96);
        c3b.Store(tile + 112);
        c4a.Store(tile + 128);
        c4b.Store(tile + 144);
        c5a.Store(tile + 160);
        c5b.Store(tile + 176);
        c6a.Store(tile + 192);
        c6b.Store(tile + 208);
        c7a.Store(tile + 224);
        c7b.Store(tile + 240);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pixels9(nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        var c3a = Vector512<float>.Zero;
        var c3b = Vector512<float>.Zero;
        var c4a = Vector512<float>.Zero;
        var c4b = Vector512<float>.Zero;
        var c5a = Vector512<float>.Zero;
        var c5b = Vector512<float>.Zero;
        var c6a = Vector512<float>.Zero;
        var c6b = Vector512<float>.Zero;
        var c7a = Vector512<float>.Zero;
        var c7b = Vector512<float>.Zero;
        var c8a = Vector512<float>.Zero;
        var c8b = Vector512<float>.Zero;
        if (goesOn)
        {
            c0a = Vector512.Load(tile + 0);
            c0b = Vector512.Load(tile + 16);
            c1a = Vector512.Load(tile + 32);
            c1b = Vector512.Load(tile + 48);
            c2a = Vector512.Load(tile + 64);
            c2b = Vector512.Load(tile + 80);
            c3a = Vector512.Load(tile + 96);
            c3b = Vector512.Load(tile + 112);
            c4a = Vector512.Load(tile + 128);
            c4b = Vector512.Load(tile + 144);
            c5a = Vector512.Load(tile + 160);
            c5b = Vector512.Load(tile + 176);
            c6a = Vector512.Load(tile + 192);
            c6b = Vector512.Load(tile + 208);
            c7a = Vector512.Load(tile + 224);
            c7b = Vector512.Load(tile + 240);
            c8a = Vector512.Load(tile + 256);
            c8b = Vector512.Load(tile + 272);
        }

        nint t0 = taps[0];
        nint t1 = taps[1];
        nint t2 = taps[2];
        nint t3 = taps[3];
        nint t4 = taps[4];
        nint t5 = taps[5];
        nint t6 = taps[6];
        nint t7 = taps[7];
        nint t8 = taps[8];
        for (nint k = 0; k < terms; k++)
        {
            float* a = source + pixels[k];
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[t0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[t1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[t2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector512.Create(a[t3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector512.Create(a[t4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            x = Vector512.Create(a[t5]);
            c5a = Fma(x, b0, c5a);
            c5b = Fma(x, b1, c5b);
            x = Vector512.Create(a[t6]);
            c6a = Fma(x, b0, c6a);
            c6b = Fma(x, b1, c6b);
            x = Vector512.Create(a[t7]);
            c7a = Fma(x, b0, c7a);
            c7b = Fma(x, b1, c7b);
            x = Vector512.Create(a[t8]);
            c8a = Fma(x, b0, c8a);
            c8b = Fma(x, b1, c8b);
            b += 32;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
        c3a.Store(tile + 96);
        c3b.Store(tile + 112);
        c4a.Store(tile + 128);
        c4b.Store(tile + 144);
        c5a.Store(tile + 160);
        c5b.Store(tile + 176);
        c6a.Store(tile + 192);
        c6b.Store(tile + 208);
        c7a.Store(tile + 224);
        c7b.Store(tile + 240);
        c8a.Store(tile + 256);
        c8b.Store(tile + 272);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pixels10(nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        var c3a = Vector512<float>.Zero;
        var c3b = Vector512<float>.Zero;
        var c4a = Vector512<float>.Zero;
        var c4b = Vector512<float>.Zero;
        var c5a = Vector512<float>.Zero;
        var c5b = Vector512<float>.Zero;
        var c6a = Vector512<float>.Zero;
        var c6b = Vector512<float>.Zero;
        var c7a = Vector512<float>.Zero;
        var c7b = Vector512<float>.Zero;
        var c8a = Vector512<float>.Zero;
        var c8b = Vector512<float>.Zero;
        var c9a = Vector512<float>.Zero;
        var c9b = Vector512<float>.Zero;
        if (goesOn)
        {
            c0a = Vector512.Load(tile + 0);
            c0b = Vector512.Load(tile + 16);
            c1a = Vector512.Load(tile + 32);
            c1b = Vector512.Load(tile + 48);
            c2a = Vector512.Load(tile + 64);
            c2b = Vector512.Load(tile + 80);
            c3a = Vector512.Load(tile + 96);
            c3b = Vector512.Load(tile + 112);
            c4a = Vector512.Load(tile + 128);
            c4b = Vector512.Load(tile + 144);
            c5a = Vector512.Load(tile + 160);
            c5b = Vector512.Load(tile + 176);
            c6a = Vector512.Load(tile + 192);
            c6b = Vector512.Load(tile + 208);
            c7a = Vector512.Load(tile + 224);
            c7b = Vector512.Load(tile + 240);
            c8a = Vector512.Load(tile + 256);
            c8b = Vector512.Load(tile + 272);
            c9a = Vector512.Load(tile + 288);
            c9b = Vector512.Load(tile + 304);
        }

        nint t0 = taps[0];
        nint t1 = taps[1];
        nint t2 = taps[2];
        nint t3 = taps[3];
        nint t4 = taps[4];
        nint t5 = taps[5];
        nint t6 = taps[6];
        nint t7 = taps[7];
        nint t8 = taps[8];
        nint t9 = taps[9];
        for (nint k = 0; k < terms; k++)
        {
            float* a = source + pixels[k];
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[t0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[t1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[t2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector512.Create(a[t3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector512.Create(a[t4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            x = Vector512.Create(a[t5]);
            c5a = Fma(x, b0, c5a);
            c5b = Fma(x, b1, c5b);
            x = Vector512.Create(a[t6]);
            c6a = Fma(x, b0, c6a);
            c6b = Fma(x, b1, c6b);
            x = Vector512.Create(a[t7]);
            c7a = Fma(x, b0, c7a);
            c7b = Fma(x, b1, c7b);
            x = Vector512.Create(a[t8]);
            c8a = Fma(x, b0, c8a);
            c8b = Fma(x, b1, c8b);
            x = Vector512.Create(a[t9]);
            c9a = Fma(x, b0, c9a);
            c9b = Fma(x, b1, c9b);
            b += 32;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
        c3a.Store(tile + 96);
        c3b.Store(tile + 112);
        c4a.Store(tile + 128);
        c4b.Store(tile + 144);
        c5a.Store(tile + 160);
        c5b.Store(tile + 176);
        c6a.Store(tile + 192);
        c6b.Store(tile + 208);
        c7a.Store(tile + 224);
        c7b.Store(tile + 240);
        c8a.Store(tile + 256);
        c8b.Store(tile + 272);
        c9a.Store(tile + 288);
        c9b.Store(tile + 304);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pixels11(nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        var c3a = Vector512<float>.Zero;
        var c3b = Vector512<float>.Zero;
        var c4a = Vector512<float>.Zero;
        var c4b = Vector512<float>.Zero;
        var c5a = Vector512<float>.Zero;
        var c5b = Vector512<float>.Zero;
        var c6a = Vector512<float>.Zero;
        var c6b = Vector512<float>.Zero;
        var c7a = Vector512<float>.Zero;
        var c7b = Vector512<float>.Zero;
        var c8a = Vector512<float>.Zero;
        var c8b = Vector512<float>.Zero;
        var c9a = Vector512<float>.Zero;
        var c9b = Vector512<float>.Zero;
        var c10a = Vector512<float>.Zero;
        var c10b = Vector512<float>.Zero;
        if (goesOn)
        {
            c0a = Vector512.Load(tile + 0);
            c0b = Vector512.Load(tile + 16);
            c1a = Vector512.Load(tile + 32);
            c1b = Vector512.Load(tile + 48);
            c2a = Vector512.Load(tile + 64);
            c2b = Vector512.Load(tile + 80);
            c3a = Vector512.Load(tile + 96);
            c3b = Vector512.Load(tile + 112);
            c4a = Vector512.Load(tile + 128);
            c4b = Vector512.Load(tile + 144);
            c5a = Vector512.Load(tile + 160);
            c5b = Vector512.Load(tile + 176);
            c6a = Vector512.Load(tile + 192);
            c6b = Vector512.Load(tile + 208);
            c7a = Vector512.Load(tile + 224);
            c7b = Vector512.Load(tile + 240);
            c8a = Vector512.Load(tile + 256);
            c8b = Vector512.Load(tile + 272);
            c9a = Vector512.Load(tile + 288);
            c9b = Vector512.Load(tile + 304);
            c10a = Vector512.Load(tile + 320);
            c10b = Vector512.Load(tile + 336);
        }

        nint t0 = taps[0];
        nint t1 = taps[1];
        nint t2 = taps[2];
        nint t3 = taps[3];
        nint t4 = taps[4];
        nint t5 = taps[5];
        nint t6 = taps[6];
        nint t7 = taps[7];
        nint t8 = taps[8];
        nint t9 = taps[9];
        nint t10 = taps[10];
        for (nint k = 0; k < terms; k++)
        {
            float* a = source + pixels[k];
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[t0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[t1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[t2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector512.Create(a[t3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector512.Create(a[t4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            x = Vector512.Create(a[t5]);
            c5a = Fma(x, b0, c5a);
            c5b = Fma(x, b1, c5b);
            x = Vector512.Create(a[t6]);
            c6a = Fma(x, b0, c6a);
            c6b = Fma(x, b1, c6b);
            x = Vector512.Create(a[t7]);
            c7a = Fma(x, b0, c7a);
            c7b = Fma(x, b1, c7b);
            x = Vector512.Create(a[t8]);
            c8a = Fma(x, b0, c8a);
            c8b = Fma(x, b1, c8b);
            x = Vector512.Create(a[t9]);
            c9a = Fma(x, b0, c9a);
            c9b = Fma(x, b1, c9b);
            x = Vector512.Create(a[t10]);
            c10a = Fma(x, b0, c10a);
            c10b = Fma(x, b1, c10b);
            b += 32;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
        c3a.Store(tile + 96);
        c3b.Store(tile + 112);
        c4a.Store(tile + 128);
        c4b.Store(tile + 144);
        c5a.Store(tile + 160);
        c5b.Store(tile + 176);
        c6a.Store(tile + 192);
        c6b.Store(tile + 208);
        c7a.Store(tile + 224);
        c7b.Store(tile + 240);
        c8a.Store(tile + 256);
        c8b.Store(tile + 272);
        c9a.Store(tile + 288);
        c9b.Store(tile + 304);
        c10a.Store(tile + 320);
        c10b.Store(tile + 336);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pixels12(nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn)
    {
        var c0a = Vector512<float>.Zero;
        var c0b = Vector512<float>.Zero;
        var c1a = Vector512<float>.Zero;
        var c1b = Vector512<float>.Zero;
        var c2a = Vector512<float>.Zero;
        var c2b = Vector512<float>.Zero;
        var c3a = Vector512<float>.Zero;
        var c3b = Vector512<float>.Zero;
        var c4a = Vector512<float>.Zero;
        var c4b = Vector512<float>.Zero;
        var c5a = Vector512<float>.Zero;
        var c5b = Vector512<float>.Zero;
        var c6a = Vector512<float>.Zero;
        var c6b = Vector512<float>.Zero;
        var c7a = Vector512<float>.Zero;
        var c7b = Vector512<float>.Zero;
        var c8a = Vector512<float>.Zero;
        var c8b = Vector512<float>.Zero;
        var c9a = Vector512<float>.Zero;
        var c9b = Vector512<float>.Zero;
        var c10a = Vector512<float>.Zero;
        var c10b = Vector512<float>.Zero;
        var c11a = Vector512<float>.Zero;
        var c11b = Vector512<float>.Zero;
        if (goesOn)
        {
            c0a = Vector512.Load(tile + 0);
            c0b = Vector512.Load(tile + 16);
            c1a = Vector512.Load(tile + 32);
            c1b = Vector512.Load(tile + 48);
            c2a = Vector512.Load(tile + 64);
            c2b = Vector512.Load(tile + 80);
            c3a = Vector512.Load(tile + 96);
            c3b = Vector512.Load(tile + 112);
            c4a = Vector512.Load(tile + 128);
            c4b = Vector512.Load(tile + 144);
            c5a = Vector512.Load(tile + 160);
            c5b = Vector512.Load(tile + 176);
            c6a = Vector512.Load(tile + 192);
            c6b = Vector512.Load(tile + 208);
            c7a = Vector512.Load(tile + 224);
            c7b = Vector512.Load(tile + 240);
            c8a = Vector512.Load(tile + 256);
            c8b = Vector512.Load(tile + 272);
            c9a = Vector512.Load(tile + 288);
            c9b = Vector512.Load(tile + 304);
            c10a = Vector512.Load(tile + 320);
            c10b = Vector512.Load(tile + 336);
            c11a = Vector512.Load(tile + 352);
            c11b = Vector512.Load(tile + 368);
        }

        nint t0 = taps[0];
        nint t1 = taps[1];
        nint t2 = taps[2];
        nint t3 = taps[3];
        nint t4 = taps[4];
        nint t5 = taps[5];
        nint t6 = taps[6];
        nint t7 = taps[7];
        nint t8 = taps[8];
        nint t9 = taps[9];
        nint t10 = taps[10];
        nint t11 = taps[11];
        for (nint k = 0; k < terms; k++)
        {
            float* a = source + pixels[k];
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[t0]);
            c0a = Fma(x, b0, c0a);
            c0b = Fma(x, b1, c0b);
            x = Vector512.Create(a[t1]);
            c1a = Fma(x, b0, c1a);
            c1b = Fma(x, b1, c1b);
            x = Vector512.Create(a[t2]);
            c2a = Fma(x, b0, c2a);
            c2b = Fma(x, b1, c2b);
            x = Vector512.Create(a[t3]);
            c3a = Fma(x, b0, c3a);
            c3b = Fma(x, b1, c3b);
            x = Vector512.Create(a[t4]);
            c4a = Fma(x, b0, c4a);
            c4b = Fma(x, b1, c4b);
            x = Vector512.Create(a[t5]);
            c5a = Fma(x, b0, c5a);
            c5b = Fma(x, b1, c5b);
            x = Vector512.Create(a[t6]);
            c6a = Fma(x, b0, c6a);
            c6b = Fma(x, b1, c6b);
            x = Vector512.Create(a[t7]);
            c7a = Fma(x, b0, c7a);
            c7b = Fma(x, b1, c7b);
            x = Vector512.Create(a[t8]);
            c8a = Fma(x, b0, c8a);
            c8b = Fma(x, b1, c8b);
            x = Vector512.Create(a[t9]);
            c9a = Fma(x, b0, c9a);
            c9b = Fma(x, b1, c9b);
            x = Vector512.Create(a[t10]);
            c10a = Fma(x, b0, c10a);
            c10b = Fma(x, b1, c10b);
            x = Vector512.Create(a[t11]);
            c11a = Fma(x, b0, c11a);
            c11b = Fma(x, b1, c11b);
            b += 32;
        }

        c0a.Store(tile + 0);
        c0b.Store(tile + 16);
        c1a.Store(tile + 32);
        c1b.Store(tile + 48);
        c2a.Store(tile + 64);
        c2b.Store(tile + 80);
        c3a.Store(tile + 96);
        c3b.Store(tile + 112);
        c4a.Store(tile + 128);
        c4b.Store(tile + 144);
        c5a.Store(tile + 160);
        c5b.Store(tile + 176);
        c6a.Store(tile + 192);
        c6b.Store(tile + 208);
        c7a.Store(tile + 224);
        c7b.Store(tile + 240);
        c8a.Store(tile + 256);
        c8b.Store(tile + 272);
        c9a.Store(tile + 288);
        c9b.Store(tile + 304);
        c10a.Store(tile + 320);
        c10b.Store(tile + 336);
        c11a.Store(tile + 352);
        c11b.Store(tile + 368);
    }
}
