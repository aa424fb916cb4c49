using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>A value with arithmetic, so that losses read as their formulas.</summary>
internal readonly struct Term(GraphBuilder g, Value value)
{
    public Value Value { get; } = value;

    private GraphBuilder G { get; } = g;

    public static Term operator +(Term a, Term b) => a.With("Add", b);

    public static Term operator -(Term a, Term b) => a.With("Sub", b);

    public static Term operator *(Term a, Term b) => a.With("Mul", b);

    public static Term operator /(Term a, Term b) => a.With("Div", b);

    public static Term operator +(Term a, double b) => a + a.Number(b);

    public static Term operator -(Term a, double b) => a - a.Number(b);

    public static Term operator *(Term a, double b) => a * a.Number(b);

    public static Term operator /(Term a, double b) => a / a.Number(b);

    public static Term operator +(double a, Term b) => b.Number(a) + b;

    public static Term operator -(double a, Term b) => b.Number(a) - b;

    public static Term operator *(double a, Term b) => b.Number(a) * b;

    public static Term operator -(Term a) => a.Of("Neg");

    /// <summary>One of two by a condition.</summary>
    public static Term If(Term condition, Term then, Term otherwise) => new(condition.G, condition.G.Add("Where", [condition.Value, then.Value, otherwise.Value]));

    /// <summary>A square that goes over into lines: curve·d² where |d| is less than border, else slope·(|d| - border / 2).</summary>
    public static Term Rounded(Term d, double border, double curve, double slope)
    {
        Term size = d.Abs();
        Term line = size - (0.5 * border);
        return If(size.With("Less", border), d.Squared() * curve, slope == 1 ? line : line * slope);
    }

    public Term Of(string op) => new(G, G.Add(op, Value));

    public Term With(string op, Term other) => new(G, G.Add(op, Value, other.Value));

    public Term With(string op, double other) => With(op, Number(other));

    public Term Exp() => Of("Exp");

    public Term Log() => Of("Log");

    public Term Abs() => Of("Abs");

    public Term Relu() => Of("Relu");

    public Term Softplus() => Of("Softplus");

    public Term Squared() => this * this;

    public Term AtLeast(double low) => With("Max", low);

    public Term Between(double low, double high) => With("Max", low).With("Min", high);

    public Term Pow(double exponent) => exponent == 1 ? this : exponent == 2 ? Squared() : With("Pow", exponent);

    /// <summary>The cosine of a and b over the last axis, which goes away.</summary>
    public static Term Cosine(Term a, Term b) => (a * b).Sum(-1) / ((a.Squared().Sum(-1) + 1e-12) * (b.Squared().Sum(-1) + 1e-12)).Of("Sqrt");

    /// <summary>The largest of the last axis, which goes away.</summary>
    public Term MaxOfLast() => new(G, G.Add("ReduceMax", Value, G.Constant(-1L), ("keepdims", 0)));

    /// <summary>The sum over axes, which go away.</summary>
    public Term Sum(params long[] axes) => new(G, G.Add("ReduceSum", Value, G.Constant(axes), ("keepdims", 0)));

    /// <summary>The mean over the last axis, which goes away.</summary>
    public Term MeanOfLast() => Sum(-1) / Value.Shape[^1].Factor;

    public Term Unsqueezed(params long[] axes) => new(G, G.Add("Unsqueeze", Value, G.Constant(axes)));

    /// <summary>0 and 1 for a condition; a float32 for integers.</summary>
    public Term Float() => Value.DType == DType.Float32 ? this : new(G, G.Add("Cast", Value, ("to", 1)));

    public Term Number(double value) => new(G, G.Constant((float)value));

    public Term Constant(long value) => new(G, G.Constant(Tensor.Scalar(value)));

    public Term Constant(Shape shape, IReadOnlyList<double> values) => new(G, G.Constant(Tensor.From<float>(shape, [.. values.Select(v => (float)v)])));

    public Term Slice(long axis, long start, long end) => new(G, G.Add("Slice", [Value, G.Constant([start]), G.Constant([end]), G.Constant([axis])]));

    /// <summary>Conditions (..., count): whether an integer of this value is the number of its place.</summary>
    public Term OneHot(long count, int axis)
    {
        var shape = new long[Value.Shape.Rank + 1];
        Array.Fill(shape, 1);
        shape[axis] = count;
        long[] numbers = new long[count];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = i;
        }

        return Unsqueezed(axis).With("Equal", new Term(G, G.Constant(Tensor.From<long>(new Shape(shape), numbers))));
    }
}
