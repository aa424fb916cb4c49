using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops.Recurrent;

/// <summary>The loop over time, forwards and backwards, of one run of a recurrent node.</summary>
internal unsafe ref struct RecurrentRun
{
    private readonly GateFunction[] _functions;
    private readonly int _gates;
    private readonly bool _hasCell;
    private readonly long _time;
    private readonly long _rows;
    private readonly long _features;
    private readonly long _hidden;
    private readonly bool _reverseOnly;
    private readonly bool _linear;
    private readonly long* _lengths;
    private float* _free;

    public RecurrentRun(in RunContext c, GateFunction[] functions, int gates, bool hasCell, float* scratch)
    {
        Shape x = c.Inputs[0].Shape;
        _functions = functions;
        _gates = gates;
        _hasCell = hasCell;
        _time = x[0];
        _rows = x[1];
        _features = x[2];
        Directions = (int)c.Inputs[1].Shape[0];
        _hidden = c.Inputs[2].Shape[2];
        _reverseOnly = c.Attributes.String("direction") == "reverse";
        _linear = c.Attributes.Find<object>("linear_before_reset") is long and not 0;
        _free = scratch;
        _lengths = null;
        if (c.Inputs.Length > 4 && !c.Inputs[4].IsEmpty)
        {
            _lengths = (long*)Take(2 * _rows);
            for (long n = 0; n < _rows; n++)
            {
                long length = c.Inputs[4].DType == DType.Int64 ? c.Inputs[4].I64[n] : c.Inputs[4].I32[n];
                _lengths[n] = length >= 0 && length <= _time ? length
                    : throw new InputValueException($"[{c.Node.Operator.Name}] {c.Node.Name}: length {length} of sequence {n}; it must be 0..{_time}; mend the data", n);
            }
        }
    }

    public int Directions { get; }

    private readonly long StateSize => _rows * _hidden;

    /// <summary>Computes Y, and the last states where they are asked for, of one direction.</summary>
    public void Forward(in RunContext c, int d)
    {
        float* mark = _free;
        long gates = _gates * _hidden;
        float* weights = TransposeInto(Take(gates * _hidden), c.Inputs[2].F32 + (d * gates * _hidden), gates);
        float* input = Take(_time * _rows * gates);
        Tensors.Kernels.Gemm.Run(c.Pool, false, true, _time * _rows, gates, _features, c.Inputs[0].F32, _features, c.Inputs[1].F32 + (d * gates * _features), _features, input, gates);
        float* h = Start(c, 5, d);
        float* cell = _hasCell ? Start(c, 6, d) : null;
        RecurrentCell step = Cell(c, d);
        step.State = Take(_rows * gates);
        step.Product = step.Reset = null;
        if (_gates == 3 && !_linear)
        {
            step.Reset = Take(StateSize);
            step.Product = Take(StateSize);
        }

        for (long s = 0; s < _time; s++)
        {
            long t = IsReverse(d) ? _time - 1 - s : s;
            step.Time = t;
            step.Input = input + (t * _rows * gates);
            step.Before = step.After = h;
            step.CellBefore = step.CellAfter = cell;
            step.Y = c.Outputs[0].F32 + (((t * Directions) + d) * StateSize);
            Step(c, ref step, weights);
        }

        Last(c, 1, d, h);
        Last(c, 2, d, cell);
        _free = mark;
    }

    /// <summary>
    /// Computes for one direction the gradients of the gates (T, N, gates·H) by the side of the input and of the state, the state before every
    /// step, for GRU the reset state, for LSTM the cell before and after, and the gradients of the first states.
    /// </summary>
    public void Backward(in RunContext c, int d)
    {
        float* mark = _free;
        long gates = _gates * _hidden;
        long all = _time * _rows;
        float* weights = c.Inputs[2].F32 + (d * gates * _hidden);
        float* transposed = TransposeInto(Take(gates * _hidden), weights, gates);
        float* input = Take(all * gates);
        float* state = Take(all * gates);
        float* before = c.Outputs[2].F32 + (d * all * _hidden);
        float* dGates = c.Outputs[0].F32 + (d * all * gates);
        float* dState = c.Outputs[3].F32 + (d * StateSize);
        float* h = Start(c, 5, d);
        float* cellStart = _hasCell ? Start(c, 6, d) : null;
        float* reset = _gates == 3 && !_linear ? c.Outputs[4].F32 + (d * all * _hidden) : null;
        RecurrentCell step = Cell(c, d);
        step.Product = Take(StateSize);
        float* discarded = Take(StateSize);
        Tensors.Kernels.Gemm.Run(c.Pool, false, true, all, gates, _features, c.Inputs[0].F32, _features, c.Inputs[1].F32 + (d * gates * _features), _features, input, gates);
        StatesBefore(c, d, h, before);
        for (long s = 0; s < _time; s++)
        {
            long t = IsReverse(d) ? _time - 1 - s : s;
            At(ref step, t, input, state, before, reset);
            if (_hasCell)
            {
                step.CellBefore = c.Outputs[5].F32 + (((d * _time) + t) * StateSize);
                step.CellAfter = c.Outputs[6].F32 + (((d * _time) + t) * StateSize);
                Copy(cellStart, step.CellBefore);
                cellStart = step.CellAfter;
            }

            step.After = discarded;
            Step(c, ref step, transposed);
        }

        From(c, 10, d, dState);
        if (_hasCell)
        {
            step.DCell = c.Outputs[4].F32 + (d * StateSize);
            From(c, 11, d, step.DCell);
        }

        for (long s = _time - 1; s >= 0; s--)
        {
            long t = IsReverse(d) ? _time - 1 - s : s;
            At(ref step, t, input, state, before, reset);
            if (_hasCell)
            {
                step.CellBefore = c.Outputs[5].F32 + (((d * _time) + t) * StateSize);
                step.CellAfter = c.Outputs[6].F32 + (((d * _time) + t) * StateSize);
            }

            step.DY = c.Inputs.Length > 9 && !c.Inputs[9].IsEmpty ? c.Inputs[9].F32 + (((t * Directions) + d) * StateSize) : null;
            step.DState = dState;
            step.DGates = dGates + (t * _rows * gates);
            step.DGatesState = _linear ? c.Outputs[1].F32 + (d * all * gates) + (t * _rows * gates) : null;
            StepBack(c, ref step, weights);
        }

        _free = mark;
    }

    /// <param name="weights">Of the state, transposed: (hidden, gates x hidden), so that every step reads them without packing.</param>
    private readonly void Step(in RunContext c, ref RecurrentCell step, float* weights)
    {
        long gates = _gates * _hidden;
        bool twoParts = _gates == 3 && !_linear;
        long width = twoParts ? 2 * _hidden : gates;
        Tensors.Kernels.Gemm.Run(c.Pool, false, false, _rows, width, _hidden, step.Before, _hidden, weights, gates, step.State, gates);
        if (!twoParts)
        {
            step.Run(c.Pool, _gates == 1 ? RecurrentStage.Rnn : _gates == 3 ? RecurrentStage.GruLinear : RecurrentStage.Lstm);
            return;
        }

        step.Run(c.Pool, RecurrentStage.GruGates);
        Tensors.Kernels.Gemm.Run(c.Pool, false, false, _rows, _hidden, _hidden, step.Reset, _hidden, weights + (2 * _hidden), gates, step.Product, _hidden);
        step.Run(c.Pool, RecurrentStage.GruReset);
    }

    private readonly void StepBack(in RunContext c, ref RecurrentCell step, float* weights)
    {
        long gates = _gates * _hidden;
        bool twoParts = _gates == 3 && !_linear;
        if (!twoParts)
        {
            step.Run(c.Pool, _gates == 1 ? RecurrentStage.RnnBack : _gates == 3 ? RecurrentStage.GruLinearBack : RecurrentStage.LstmBack);
            float* side = step.DGatesState == null ? step.DGates : step.DGatesState;
            Tensors.Kernels.Gemm.Run(c.Pool, false, false, _rows, _hidden, gates, side, gates, weights, _hidden, step.Product, _hidden);
            step.Run(c.Pool, RecurrentStage.Carry);
            return;
        }

        step.Run(c.Pool, RecurrentStage.GruCandidateBack);
        Tensors.Kernels.Gemm.Run(c.Pool, false, false, _rows, _hidden, _hidden, step.DGates + (2 * _hidden), gates, weights + (2 * _hidden * _hidden), _hidden, step.Product, _hidden);
        step.Run(c.Pool, RecurrentStage.GruResetBack);
        Tensors.Kernels.Gemm.Run(c.Pool, false, false, _rows, _hidden, 2 * _hidden, step.DGates, gates, weights, _hidden, step.Product, _hidden);
        step.Run(c.Pool, RecurrentStage.Carry);
    }

    private readonly void At(ref RecurrentCell step, long t, float* input, float* state, float* before, float* reset)
    {
        step.Time = t;
        step.Input = input + (t * _rows * _gates * _hidden);
        step.State = state + (t * _rows * _gates * _hidden);
        step.Before = before + (t * StateSize);
        step.Reset = reset == null ? null : reset + (t * StateSize);
    }

    private readonly RecurrentCell Cell(in RunContext c, int d)
    {
        long gates = _gates * _hidden;
        float* bias = c.Inputs.Length > 3 && !c.Inputs[3].IsEmpty ? c.Inputs[3].F32 + (d * 2 * gates) : null;
        int per = _functions.Length / Directions;
        return new RecurrentCell
        {
            Rows = _rows,
            Hidden = _hidden,
            Lengths = _lengths,
            InputBias = bias,
            StateBias = bias == null ? null : bias + gates,
            Peephole = _hasCell && c.Inputs.Length > 7 && !c.Inputs[7].IsEmpty ? c.Inputs[7].F32 + (d * 3 * _hidden) : null,
            F = _functions[d * per],
            G = _functions[(d * per) + Math.Min(1, per - 1)],
            H = _functions[(d * per) + per - 1],
        };
    }

    /// <summary>The state before every step, from Y and the first state; a step that does not take place has the first state.</summary>
    private readonly void StatesBefore(in RunContext c, int d, float* first, float* before)
    {
        for (long t = 0; t < _time; t++)
        {
            long source = IsReverse(d) ? t + 1 : t - 1;
            for (long n = 0; n < _rows; n++)
            {
                long end = _lengths == null ? _time : _lengths[n];
                bool hasSource = source >= 0 && source < end;
                float* from = hasSource ? c.Inputs[8].F32 + (((((source * Directions) + d) * _rows) + n) * _hidden) : first + (n * _hidden);
                Buffer.MemoryCopy(from, before + (((t * _rows) + n) * _hidden), _hidden * sizeof(float), _hidden * sizeof(float));
            }
        }
    }

    private readonly bool IsReverse(int d) => d == 1 || _reverseOnly;

    private float* Start(in RunContext c, int input, int d)
    {
        float* start = Take(StateSize);
        From(c, input, d, start);
        return start;
    }

    private readonly void From(in RunContext c, int input, int d, float* to)
    {
        if (c.Inputs.Length > input && !c.Inputs[input].IsEmpty)
        {
            Copy(c.Inputs[input].F32 + (d * StateSize), to);
            return;
        }

        new Span<float>(to, checked((int)StateSize)).Clear();
    }

    private readonly void Last(in RunContext c, int output, int d, float* from)
    {
        if (c.Outputs.Length > output && !c.Outputs[output].IsEmpty)
        {
            Copy(from, c.Outputs[output].F32 + (d * StateSize));
        }
    }

    private readonly void Copy(float* from, float* to) => Buffer.MemoryCopy(from, to, StateSize * sizeof(float), StateSize * sizeof(float));

    private readonly float* TransposeInto(float* target, float* weights, long lines)
    {
        for (long line = 0; line < lines; line++)
        {
            for (long k = 0; k < _hidden; k++)
            {
                target[(k * lines) + line] = weights[(line * _hidden) + k];
            }
        }

        return target;
    }

    private float* Take(long count)
    {
        float* p = _free;
        _free += count;
        return p;
    }
}
