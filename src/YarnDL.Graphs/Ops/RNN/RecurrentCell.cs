using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops.Recurrent;

/// <summary>One time step of a batch of sequences, row by row: the arithmetic that is not a matrix product.</summary>
internal unsafe partial struct RecurrentCell : IParallelJob
{
    private const long RowsPerItem = 8;

    public RecurrentStage Stage;
    public long Rows;
    public long Hidden;
    public long Time;

    /// <summary>Steps of each sequence, or null: all.</summary>
    public long* Lengths;

    /// <summary>Inputs times weights, states times weights; then in <see cref="Input"/> the gates: (rows, gates x hidden).</summary>
    public float* Input;
    public float* State;
    public float* InputBias;
    public float* StateBias;
    public float* Peephole;

    /// <summary>State and cell before and after the step.</summary>
    public float* Before;
    public float* After;
    public float* CellBefore;
    public float* CellAfter;

    /// <summary>Result of the step, or null; its gradient, or null.</summary>
    public float* Y;
    public float* DY;

    /// <summary>Gradients that go back in time, of gates by the side of the input and of the state.</summary>
    public float* DState;
    public float* DCell;
    public float* DGates;
    public float* DGatesState;
    public float* Reset;
    public float* Product;
    public GateFunction F;
    public GateFunction G;
    public GateFunction H;

    public void Run(ComputePool pool, RecurrentStage stage)
    {
        Stage = stage;
        pool.Run(ref this, (Rows + RowsPerItem - 1) / RowsPerItem);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Execute(long item, int thread)
    {
        long end = Math.Min(Rows, (item + 1) * RowsPerItem);
        for (long n = item * RowsPerItem; n < end; n++)
        {
            bool active = Lengths == null || Time < Lengths[n];
            if (!active && Stage <= RecurrentStage.GruLinear)
            {
                Stand(n);
                continue;
            }

            switch (Stage)
            {
                case RecurrentStage.Rnn: Rnn(n); break;
                case RecurrentStage.Lstm: Lstm(n); break;
                case RecurrentStage.GruGates: GruGates(n); break;
                case RecurrentStage.GruReset: GruReset(n); break;
                case RecurrentStage.GruLinear: GruLinear(n); break;
                case RecurrentStage.RnnBack: RnnBack(n, active); break;
                case RecurrentStage.LstmBack: LstmBack(n, active); break;
                case RecurrentStage.GruLinearBack: GruLinearBack(n, active); break;
                case RecurrentStage.GruCandidateBack: GruCandidateBack(n, active); break;
                case RecurrentStage.GruResetBack: GruResetBack(n, active); break;
                default: Carry(n, active); break;
            }
        }
    }

    /// <summary>Input + state + biases of one gate, before its activation.</summary>
    private readonly float* Sum(long n, int gate, int gates)
    {
        float* x = Input + (((n * gates) + gate) * Hidden);
        float* s = State + (((n * gates) + gate) * Hidden);
        float* bias = InputBias == null ? null : InputBias + (gate * Hidden);
        float* stateBias = InputBias == null ? null : StateBias + (gate * Hidden);
        long k = 0;
        for (; k + 8 <= Hidden; k += 8)
        {
            Vector256<float> sum = Vector256.Load(x + k) + Vector256.Load(s + k);
            (bias == null ? sum : sum + (Vector256.Load(bias + k) + Vector256.Load(stateBias + k))).Store(x + k);
        }

        for (; k < Hidden; k++)
        {
            float sum = x[k] + s[k];
            x[k] = bias == null ? sum : sum + (bias[k] + stateBias[k]);
        }

        return x;
    }

    /// <summary>The state after a step is its result.</summary>
    private readonly void Finish(long n)
    {
        if (Y != null)
        {
            Buffer.MemoryCopy(After + (n * Hidden), Y + (n * Hidden), Hidden * sizeof(float), Hidden * sizeof(float));
        }
    }

    /// <summary>A row whose sequence has ended keeps its state; its result is 0.</summary>
    private readonly void Stand(long n)
    {
        if (Reset != null)
        {
            new Span<float>(Reset + (n * Hidden), checked((int)Hidden)).Clear(); // the gradient of the weights sums it, times 0, over all steps
        }

        Buffer.MemoryCopy(Before + (n * Hidden), After + (n * Hidden), Hidden * sizeof(float), Hidden * sizeof(float));
        if (CellAfter != null)
        {
            Buffer.MemoryCopy(CellBefore + (n * Hidden), CellAfter + (n * Hidden), Hidden * sizeof(float), Hidden * sizeof(float));
        }

        if (Y != null)
        {
            new Span<float>(Y + (n * Hidden), checked((int)Hidden)).Clear();
        }
    }

    private readonly void Rnn(long n)
    {
        float* h = Sum(n, 0, 1);
        F.Apply(h, Hidden);
        Buffer.MemoryCopy(h, After + (n * Hidden), Hidden * sizeof(float), Hidden * sizeof(float));
        Finish(n);
    }

    private readonly void GruGates(long n)
    {
        F.Apply(Sum(n, 0, 3), Hidden);
        float* r = Sum(n, 1, 3);
        F.Apply(r, Hidden);
        float* before = Before + (n * Hidden);
        float* reset = Reset + (n * Hidden);
        for (long k = 0; k < Hidden; k++)
        {
            reset[k] = r[k] * before[k];
        }
    }

    /// <summary>The candidate from <see cref="Product"/> = reset state times weights.</summary>
    private readonly void GruReset(long n)
    {
        float* a = Input + (((n * 3) + 2) * Hidden);
        float* p = Product + (n * Hidden);
        for (long k = 0; k < Hidden; k++)
        {
            float sum = a[k] + p[k];
            a[k] = InputBias == null ? sum : sum + (InputBias[(2 * Hidden) + k] + StateBias[(2 * Hidden) + k]);
        }

        Candidate(n);
    }

    private readonly void GruLinear(long n)
    {
        F.Apply(Sum(n, 0, 3), Hidden);
        float* r = Sum(n, 1, 3);
        F.Apply(r, Hidden);
        float* a = Input + (((n * 3) + 2) * Hidden);
        float* s = State + (((n * 3) + 2) * Hidden);
        for (long k = 0; k < Hidden; k++)
        {
            s[k] += StateBias == null ? 0 : StateBias[(2 * Hidden) + k];
            float sum = a[k] + (r[k] * s[k]);
            a[k] = InputBias == null ? sum : sum + InputBias[(2 * Hidden) + k];
        }

        Candidate(n);
    }

    private readonly void Candidate(long n)
    {
        float* z = Input + (n * 3 * Hidden);
        float* a = z + (2 * Hidden);
        G.Apply(a, Hidden);
        float* before = Before + (n * Hidden);
        float* after = After + (n * Hidden);
        for (long k = 0; k < Hidden; k++)
        {
            after[k] = ((1 - z[k]) * a[k]) + (z[k] * before[k]);
        }

        Finish(n);
    }

    /// <summary>Gradient of the state after the step: from the result and from the step behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly float Upstream(long n, long k) => DState[(n * Hidden) + k] + (DY == null ? 0 : DY[(n * Hidden) + k]);

    private readonly bool Still(long n, bool active, int gates)
    {
        if (!active)
        {
            new Span<float>(DGates + (n * gates * Hidden), checked((int)(gates * Hidden))).Clear();
            if (DGatesState != null)
            {
                new Span<float>(DGatesState + (n * gates * Hidden), checked((int)(gates * Hidden))).Clear();
            }
        }

        return !active;
    }

    private readonly void RnnBack(long n, bool active)
    {
        if (Still(n, active, 1))
        {
            return;
        }

        float* h = Input + (n * Hidden);
        float* d = DGates + (n * Hidden);
        for (long k = 0; k < Hidden; k++)
        {
            d[k] = Upstream(n, k) * F.Slope(h[k]);
            DState[(n * Hidden) + k] = 0;
        }
    }

    private readonly void GruLinearBack(long n, bool active)
    {
        if (Still(n, active, 3))
        {
            return;
        }

        float* z = Input + (n * 3 * Hidden);
        float* s = State + (((n * 3) + 2) * Hidden);
        float* d = DGates + (n * 3 * Hidden);
        float* ds = DGatesState + (n * 3 * Hidden);
        float* before = Before + (n * Hidden);
        for (long k = 0; k < Hidden; k++)
        {
            float r = z[Hidden + k];
            float a = z[(2 * Hidden) + k];
            float dh = Upstream(n, k);
            float dCandidate = dh * (1 - z[k]) * G.Slope(a);
            d[k] = ds[k] = dh * (before[k] - a) * F.Slope(z[k]);
            d[Hidden + k] = ds[Hidden + k] = dCandidate * s[k] * F.Slope(r);
            d[(2 * Hidden) + k] = dCandidate;
            ds[(2 * Hidden) + k] = dCandidate * r;
            DState[(n * Hidden) + k] = dh * z[k];
        }
    }

    private readonly void GruCandidateBack(long n, bool active)
    {
        if (Still(n, active, 3))
        {
            return;
        }

        float* z = Input + (n * 3 * Hidden);
        float* d = DGates + (n * 3 * Hidden);
        float* before = Before + (n * Hidden);
        for (long k = 0; k < Hidden; k++)
        {
            float a = z[(2 * Hidden) + k];
            float dh = Upstream(n, k);
            d[k] = dh * (before[k] - a) * F.Slope(z[k]);
            d[(2 * Hidden) + k] = dh * (1 - z[k]) * G.Slope(a);
            DState[(n * Hidden) + k] = dh * z[k];
        }
    }

    /// <summary>With <see cref="Product"/> = the gradient of the reset state.</summary>
    private readonly void GruResetBack(long n, bool active)
    {
        if (!active)
        {
            return;
        }

        float* r = Input + (((n * 3) + 1) * Hidden);
        float* d = DGates + (((n * 3) + 1) * Hidden);
        float* before = Before + (n * Hidden);
        float* p = Product + (n * Hidden);
        for (long k = 0; k < Hidden; k++)
        {
            d[k] = p[k] * before[k] * F.Slope(r[k]);
            DState[(n * Hidden) + k] += p[k] * r[k];
        }
    }

    /// <summary>Adds <see cref="Product"/> = gradients of gates times weights to the gradient of the state.</summary>
    private readonly void Carry(long n, bool active)
    {
        float* d = DState + (n * Hidden);
        float* p = Product + (n * Hidden);
        long k = 0;
        for (; active && k + 8 <= Hidden; k += 8)
        {
            (Vector256.Load(d + k) + Vector256.Load(p + k)).Store(d + k);
        }

        for (; active && k < Hidden; k++)
        {
            d[k] += p[k];
        }
    }
}
