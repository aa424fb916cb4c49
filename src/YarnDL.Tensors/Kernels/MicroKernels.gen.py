#!/usr/bin/env python3
"""Writes MicroKernels.g.cs beside this script: tiles of h rows by two vectors, one method per height, for three vector widths."""
import pathlib

KERNELS = [("PortableKernel", 128, 6, 4), ("Avx2Kernel", 256, 6, 4), ("Avx512Kernel", 512, 12, 2)]
VECTORS = 2
out = ["// Written by MicroKernels.gen.py; do not edit.", "using System.Runtime.CompilerServices;", "using System.Runtime.Intrinsics;",
       "using System.Runtime.Intrinsics.X86;", "", "namespace YarnDL.Tensors.Kernels;"]
w = out.append


def kernel(name, bits, heights, unroll):
    vector, lanes = f"Vector{bits}", bits // 32
    w("")
    w(f"/// <summary>Tiles of up to {heights} x {VECTORS * lanes} with {bits}-bit vectors.</summary>")
    w(f"internal unsafe struct {name} : IMicroKernel")
    w("{")
    w(f"    public static int Height => {heights};")
    w("")
    w(f"    public static int Width => {VECTORS * lanes};")
    w("")
    w("    public static void Run(int height, nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn)")
    w("    {")
    w("        switch (height)")
    w("        {")
    for h in range(1, heights + 1):
        w(f"            case {h}: Run{h}(terms, a, b, strideB, tile, goesOn); break;")
    w("        }")
    w("    }")
    w("")
    w("    public static void RunTaps(int height, nint terms, float* a, float* source, int* offsets, float* tile)")
    w("    {")
    w("        switch (height)")
    w("        {")
    for h in range(1, heights + 1):
        w(f"            case {h}: Taps{h}(terms, a, source, offsets, tile); break;")
    w("        }")
    w("    }")
    w("")
    w("    public static void RunPixels(int height, nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn)")
    w("    {")
    w("        switch (height)")
    w("        {")
    for h in range(1, heights + 1):
        w(f"            case {h}: Pixels{h}(terms, source, pixels, taps, b, tile, goesOn); break;")
    w("        }")
    w("    }")
    w("")
    w("    [MethodImpl(MethodImplOptions.AggressiveInlining)]")
    fma = f"{vector}.FusedMultiplyAdd(x, y, z)"
    if bits == 512:
        fma = f"Avx512F.IsSupported ? Avx512F.FusedMultiplyAdd(x, y, z) : {fma}"
    w(f"    private static {vector}<float> Fma({vector}<float> x, {vector}<float> y, {vector}<float> z) => {fma};")
    for h in range(1, heights + 1):
        w("")
        w("    [MethodImpl(MethodImplOptions.AggressiveOptimization)]")
        w(f"    private static void Run{h}(nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn)")
        w("    {")
        cells = [(i, j) for i in range(h) for j in range(VECTORS)]
        for i, j in cells:
            w(f"        var c{i}{'ab'[j]} = {vector}<float>.Zero;")
        w("        if (goesOn)")
        w("        {")
        for i, j in cells:
            w(f"            c{i}{'ab'[j]} = {vector}.Load(tile + {(i * VECTORS + j) * lanes});")
        w("        }")
        w("")

        def body(u, pad):
            for j in range(VECTORS):
                row = f" + ({u} * strideB)" if u else ""
                column = f" + {j * lanes}" if j else ""
                w(f"{pad}{vector}<float> b{j} = {vector}.Load(b{row}{column});")
            for i in range(h):
                w(f"{pad}{'' if i else vector + '<float> '}x = {vector}.Create(a[{u * h + i}]);")
                for j in range(VECTORS):
                    w(f"{pad}c{i}{'ab'[j]} = Fma(x, b{j}, c{i}{'ab'[j]});")

        w(f"        for (; terms >= {unroll}; terms -= {unroll})")
        w("        {")
        for u in range(unroll):
            w("            {")
            body(u, " " * 16)
            w("            }")
            w("")
        w(f"            a += {unroll * h};")
        w(f"            b += {unroll} * strideB;")
        w("        }")
        w("")
        w("        for (; terms > 0; terms--)")
        w("        {")
        body(0, " " * 12)
        w(f"            a += {h};")
        w("            b += strideB;")
        w("        }")
        w("")
        for i, j in cells:
            w(f"        c{i}{'ab'[j]}.Store(tile + {(i * VECTORS + j) * lanes});")
        w("    }")
    for h in range(1, heights + 1):
        w("")
        w("    [MethodImpl(MethodImplOptions.AggressiveOptimization)]")
        w(f"    private static void Taps{h}(nint terms, float* a, float* source, int* offsets, float* tile)")
        w("    {")
        cells = [(i, j) for i in range(h) for j in range(VECTORS)]
        for i, j in cells:
            w(f"        var c{i}{'ab'[j]} = {vector}<float>.Zero;")
        w("        for (nint k = 0; k < terms; k++)")
        w("        {")
        w("            float* b = source + offsets[k];")
        for j in range(VECTORS):
            w(f"            {vector}<float> b{j} = {vector}.Load(b{f' + {j * lanes}' if j else ''});")
        for i in range(h):
            w(f"            {'' if i else vector + '<float> '}x = {vector}.Create(a[{i}]);")
            for j in range(VECTORS):
                w(f"            c{i}{'ab'[j]} = Fma(x, b{j}, c{i}{'ab'[j]});")
        w(f"            a += {h};")
        w("        }")
        w("")
        for i, j in cells:
            w(f"        c{i}{'ab'[j]}.Store(tile + {(i * VECTORS + j) * lanes});")
        w("    }")
    for h in range(1, heights + 1):
        w("")
        w("    [MethodImpl(MethodImplOptions.AggressiveOptimization)]")
        w(f"    private static void Pixels{h}(nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn)")
        w("    {")
        cells = [(i, j) for i in range(h) for j in range(VECTORS)]
        for i, j in cells:
            w(f"        var c{i}{'ab'[j]} = {vector}<float>.Zero;")
        w("        if (goesOn)")
        w("        {")
        for i, j in cells:
            w(f"            c{i}{'ab'[j]} = {vector}.Load(tile + {(i * VECTORS + j) * lanes});")
        w("        }")
        w("")
        for i in range(h):
            w(f"        nint t{i} = taps[{i}];")
        w("        for (nint k = 0; k < terms; k++)")
        w("        {")
        w("            float* a = source + pixels[k];")
        for j in range(VECTORS):
            w(f"            {vector}<float> b{j} = {vector}.Load(b{f' + {j * lanes}' if j else ''});")
        for i in range(h):
            w(f"            {'' if i else vector + '<float> '}x = {vector}.Create(a[t{i}]);")
            for j in range(VECTORS):
                w(f"            c{i}{'ab'[j]} = Fma(x, b{j}, c{i}{'ab'[j]});")
        w(f"            b += {VECTORS * lanes};")
        w("        }")
        w("")
        for i, j in cells:
            w(f"        c{i}{'ab'[j]}.Store(tile + {(i * VECTORS + j) * lanes});")
        w("    }")
    w("}")


for k in KERNELS:
    kernel(*k)
pathlib.Path(__file__).with_name("MicroKernels.g.cs").write_text("\n".join(out) + "\n")
