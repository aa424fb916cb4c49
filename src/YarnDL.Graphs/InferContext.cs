using YarnDL.Tensors;

namespace YarnDL.Graphs;

/// <summary>What an operator sees while its result types are inferred.</summary>
public sealed class InferContext(string nodeName, Operator op, IReadOnlyList<Value?> inputs, Attributes attributes, int outputs)
{
    private int _seen;

    public string NodeName => nodeName;

    public Attributes Attributes => attributes;

    /// <summary>Number of outputs the node asks for.</summary>
    public int Outputs => outputs;

    /// <summary>For operators that take any number of inputs.</summary>
    public int InputCount => _seen = inputs.Count;

    public bool Has(int input)
    {
        _seen = Math.Max(_seen, input + 1);
        return input < inputs.Count && inputs[input] is not null;
    }

    public Value Input(int i) => Has(i) ? inputs[i]! : throw Error($"input {i} is missing", "give it");

    public SymbolicShape Shape(int i) => Input(i).Shape;

    public DType DType(int i) => Input(i).DType;

    /// <summary>The content of a small integer input, where it is known before the run (constants and shape arithmetic); else null.</summary>
    public IReadOnlyList<Dim>? KnownValue(int i) => Input(i).Known;

    /// <summary>The content of a small integer input that must be known before the run, such as axes.</summary>
    /// <exception cref="GraphException">It is not known, or depends on the number of rows.</exception>
    public long[] KnownInts(int i, string what)
    {
        IReadOnlyList<Dim> dims = KnownValue(i) ?? throw Error($"{what} is computed while the graph runs", "make it a constant or arithmetic on shapes");
        var ints = new long[dims.Count];
        for (int k = 0; k < ints.Length; k++)
        {
            ints[k] = dims[k].IsFixed ? dims[k].Factor : throw Error($"{what} depends on the number of rows", "it must be fixed");
        }

        return ints;
    }

    /// <summary>Refuses another number of inputs.</summary>
    public void ExpectInputs(int count)
    {
        if (InputCount != count)
        {
            throw Error($"{InputCount} inputs are given", $"it takes {count}");
        }
    }

    /// <summary>Refuses an input of another element type.</summary>
    public void Expect(int input, DType type)
    {
        if (DType(input) != type)
        {
            throw Error($"input {input} ({Input(input).Name}) is {DType(input)}", $"it must be {type}; add a Cast");
        }
    }

    /// <summary>An axis counted from the end when negative, as 0 .. rank-1.</summary>
    public int Axis(long axis, int rank) => axis >= -rank && axis < rank ? (int)(axis < 0 ? axis + rank : axis)
        : throw Error($"axis {axis} is outside a value of rank {rank}", $"axes are {-rank}..{rank - 1}");

    /// <summary>Types and shapes of the inputs, for errors.</summary>
    internal string Described => string.Join(", ", inputs.Select(v => v is null ? "none" : $"{v.DType}{v.Shape}"));

    /// <summary>Refuses inputs that the operator never asked about: it would ignore them.</summary>
    internal void NoneLeft()
    {
        for (int i = _seen; i < inputs.Count; i++)
        {
            if (inputs[i] is not null)
            {
                throw Error($"{inputs.Count} inputs were given", $"it takes at most {_seen} here");
            }
        }
    }

    /// <summary>An error in the common form: operator and node, what was seen, what must hold or be done.</summary>
    public GraphException Error(string seen, string remedy) => new($"[{op.Name}] {nodeName}: {seen}; {remedy}");
}
