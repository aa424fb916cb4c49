using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace YarnDL.Graphs.Ops.Recurrent;

// LSTM cells: eight elements at a time, then one by one; both do the same operations in the same order.
internal unsafe partial struct RecurrentCell
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Lstm(long n)
    {
        float* i = Sum(n, 0, 4);
        float* o = Sum(n, 1, 4);
        float* f = Sum(n, 2, 4);
        float* g = Sum(n, 3, 4);
        float* before = CellBefore + (n * Hidden);
        float* cell = CellAfter + (n * Hidden);
        float* after = After + (n * Hidden);
        if (Peephole != null)
        {
            AddProducts(i, Peephole, before);
            AddProducts(f, Peephole + (2 * Hidden), before);
        }

        F.Apply(i, Hidden);
        F.Apply(f, Hidden);
        G.Apply(g, Hidden);
        LstmCell(i, f, g, before, cell, after);
        AddProducts(o, Peephole == null ? null : Peephole + Hidden, cell);
        F.Apply(o, Hidden);
        H.Apply(after, Hidden);
        long e = 0;
        for (; e + 8 <= Hidden; e += 8)
        {
            (Vector256.Load(o + e) * Vector256.Load(after + e)).Store(after + e);
        }

        for (; e < Hidden; e++)
        {
            after[e] = o[e] * after[e];
        }

        Finish(n);
    }

    /// <summary>x += a * b, or + 0 without a: then -0 becomes +0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void AddProducts(float* x, float* a, float* b)
    {
        long k = 0;
        for (; k + 8 <= Hidden; k += 8)
        {
            (Vector256.Load(x + k) + (a == null ? Vector256<float>.Zero : Vector256.Load(a + k) * Vector256.Load(b + k))).Store(x + k);
        }

        for (; k < Hidden; k++)
        {
            x[k] += a == null ? 0 : a[k] * b[k];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void LstmCell(float* i, float* f, float* g, float* before, float* cell, float* after)
    {
        long k = 0;
        for (; k + 8 <= Hidden; k += 8)
        {
            Vector256<float> c = (Vector256.Load(f + k) * Vector256.Load(before + k)) + (Vector256.Load(i + k) * Vector256.Load(g + k));
            c.Store(cell + k);
            c.Store(after + k);
        }

        for (; k < Hidden; k++)
        {
            cell[k] = after[k] = (f[k] * before[k]) + (i[k] * g[k]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void LstmBack(long n, bool active)
    {
        if (Still(n, active, 4))
        {
            return;
        }

        float* squashed = Product + (n * Hidden);
        Buffer.MemoryCopy(CellAfter + (n * Hidden), squashed, Hidden * sizeof(float), Hidden * sizeof(float));
        H.Apply(squashed, Hidden);
        for (long k = Peephole == null ? LstmBackWide(n, squashed) : 0; k < Hidden; k++)
        {
            LstmBackOne(n, k, squashed[k]);
        }
    }

    // Without peepholes; returns how many elements it did.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly long LstmBackWide(long n, float* squashed)
    {
        float* gates = Input + (n * 4 * Hidden);
        float* d = DGates + (n * 4 * Hidden);
        float* before = CellBefore + (n * Hidden);
        float* dc = DCell + (n * Hidden);
        float* dState = DState + (n * Hidden);
        float* dy = DY == null ? null : DY + (n * Hidden);
        long k = 0;
        for (; k + 8 <= Hidden; k += 8)
        {
            Vector256<float> i = Vector256.Load(gates + k);
            Vector256<float> o = Vector256.Load(gates + Hidden + k);
            Vector256<float> f = Vector256.Load(gates + (2 * Hidden) + k);
            Vector256<float> g = Vector256.Load(gates + (3 * Hidden) + k);
            Vector256<float> h = Vector256.Load(squashed + k);
            Vector256<float> dh = Vector256.Load(dState + k) + (dy == null ? Vector256<float>.Zero : Vector256.Load(dy + k));
            Vector256<float> dCell = Vector256.Load(dc + k) + (dh * o * H.Slope(h));
            dCell += Vector256<float>.Zero; // where peepholes would add; -0 becomes +0
            (dCell * g * F.Slope(i)).Store(d + k);
            (dh * h * F.Slope(o)).Store(d + Hidden + k);
            (dCell * Vector256.Load(before + k) * F.Slope(f)).Store(d + (2 * Hidden) + k);
            (dCell * i * G.Slope(g)).Store(d + (3 * Hidden) + k);
            ((dCell * f) + Vector256<float>.Zero).Store(dc + k);
            Vector256<float>.Zero.Store(dState + k);
        }

        return k;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void LstmBackOne(long n, long k, float squashed)
    {
        float* i = Input + (n * 4 * Hidden);
        float* d = DGates + (n * 4 * Hidden);
        float* dc = DCell + (n * Hidden);
        float o = i[Hidden + k];
        float f = i[(2 * Hidden) + k];
        float g = i[(3 * Hidden) + k];
        float dh = Upstream(n, k);
        float dOut = dh * squashed * F.Slope(o);
        float dCell = dc[k] + (dh * o * H.Slope(squashed));
        dCell += Peephole == null ? 0 : Peephole[Hidden + k] * dOut;
        float dIn = dCell * g * F.Slope(i[k]);
        float dForget = dCell * CellBefore[(n * Hidden) + k] * F.Slope(f);
        d[k] = dIn;
        d[Hidden + k] = dOut;
        d[(2 * Hidden) + k] = dForget;
        d[(3 * Hidden) + k] = dCell * i[k] * G.Slope(g);
        dc[k] = dCell * f;
        dc[k] += Peephole == null ? 0 : (Peephole[k] * dIn) + (Peephole[(2 * Hidden) + k] * dForget);
        DState[(n * Hidden) + k] = 0;
    }
}
