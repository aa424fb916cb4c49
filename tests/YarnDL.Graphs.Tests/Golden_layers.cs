using YarnDL.Graphs.Gradients;
using YarnDL.Graphs.Tests.Operators;
using YarnDL.Graphs.Tests.Reference;
using YarnDL.Tensors;
using YarnDL.Testing;

namespace YarnDL.Graphs.Tests;

/// <summary>The golden cases of single operators: results and gradients, with fixed shapes and, where it can be, with axis 0 as rows.</summary>
public sealed class Golden_layers
{
    /// <summary>Attributes of the cases that are inputs of the operator.</summary>
    private static readonly Dictionary<string, string[]> AsInputs = new()
    {
        ["Reshape"] = ["shape"],
        ["Expand"] = ["shape"],
        ["Squeeze"] = ["axes"],
        ["Unsqueeze"] = ["axes"],
        ["Slice"] = ["starts", "ends", "axes", "steps"],
    };

    [Fact]
    public void Operators_of_the_table_agree() => Golden.RunAll("layers", Check, atLeast: 150);

    private static bool Check(GoldenCase c)
    {
        bool spatial = c.Op is "Conv" or "MaxPool" or "AveragePool";
        if (c.Has("divisor_override"))
        {
            return false; // not an ONNX attribute
        }

        if (OperatorTable.Find(c.Op) is not { Domain: "" } op || (spatial && c.Inputs["X"].Shape.Length > 4) || c.Inputs.Count + c.Params.Count > (op.Name is "Max" or "Min" ? 2 : 9))
        {
            return false;
        }

        int runs = Run(c, op, rows: true) + Run(c, op, rows: false);
        Assert.True(runs > 0, "neither with rows nor with fixed shapes does the graph build");
        return true;
    }

    /// <summary>1 when the case ran, 0 when it makes no sense this way, such as a transposition of the rows.</summary>
    private static int Run(GoldenCase c, Operator op, bool rows)
    {
        var g = new GraphBuilder(c.Name);
        var inputs = new List<Value>();
        long n = rows && c.Inputs.Values.FirstOrDefault(t => t.Shape.Length > 0) is { } first ? first.Shape[0] : 1;
        Value?[] gradients;
        Value[] wrt;
        Value y;
        try
        {
            foreach ((string name, GoldenTensor t) in c.Inputs)
            {
                bool leads = rows && t.Shape.Length > 0 && t.Shape[0] == n && name != "indices";
                DType type = name == "condition" ? DType.Bool : t.DType is "F32" or "F64" ? DType.Float32 : DType.Int64;
                inputs.Add(g.Input("in_" + name, type, new SymbolicShape([.. t.Shape.Select((d, a) => a == 0 && leads ? Dim.N : new Dim(d))])));
            }

            foreach ((string name, GoldenTensor t) in c.Params)
            {
                inputs.Add(g.Input("param_" + name, DType.Float32, new SymbolicShape([.. t.Shape.Select(d => new Dim(d))])));
            }

            string[] known = AsInputs.GetValueOrDefault(c.Op, []);
            Value[] all = [.. inputs, .. known.Where(c.Has).Select(k => g.Constant(Longs(c, k)))];
            all = c.Op == "Pow" && c.Has("exponent") ? [.. all, g.Constant((float)c.Number("exponent"))] : all;
            y = g.Add(c.Op, all, Attributes(c, op, known));
            Value seed = g.Input("seed", y.DType, y.Shape);
            wrt = c.Op == "Gather" || y.DType != DType.Float32 ? [] : [.. inputs.Where(v => v.DType == DType.Float32 && Reference(c, v) is not null)];
            gradients = GradientBuilder.Append(g, y, seed, wrt);
        }
        catch (GraphException e) when (rows || e.Message.Contains("its first axis must be the rows", StringComparison.Ordinal))
        {
            return 0;
        }

        using var runner = new Runner(g.Build([y, .. gradients.OfType<Value>()]));
        var given = new Dictionary<string, Array64>();
        foreach (Value v in inputs)
        {
            GoldenTensor t = v.Name.StartsWith("in_", StringComparison.Ordinal) ? c.Inputs[v.Name[3..]] : c.Params[v.Name[6..]];
            given[v.Name] = new Array64(t.Shape, t.Doubles());
        }

        given["seed"] = c.GradOutput.TryGetValue("Y", out GoldenTensor? cotangent) ? new Array64(cotangent.Shape, cotangent.Doubles()) : Array64.Zeros(c.Outputs["Y"].Shape);
        byte[][] got = runner.Run(Conversions.ToArrays(runner.Program.Graph.Inputs, given), [0, (int)n]);
        c.Outputs["Y"].AssertClose($"{c.Name} Y", Conversions.ToDoubles(y, got[0]), c.Rtol, c.Atol);
        int output = 1;
        for (int i = 0; i < wrt.Length; i++)
        {
            GoldenTensor reference = Reference(c, wrt[i])!;
            double[] gradient = gradients[i] is null ? new double[reference.Count] : Conversions.ToDoubles(wrt[i], got[output++]);
            reference.AssertClose($"{c.Name} gradient of {wrt[i].Name}{(rows ? " with rows" : "")}", gradient, c.Rtol, c.Atol);
        }

        return 1;
    }

    private static GoldenTensor? Reference(GoldenCase c, Value v) => v.Name.StartsWith("in_", StringComparison.Ordinal)
        ? c.GradInputs.GetValueOrDefault(v.Name[3..]) : c.GradParams.GetValueOrDefault(v.Name[6..]);

    private static Attributes Attributes(GoldenCase c, Operator op, string[] known)
    {
        Attributes attributes = Graphs.Attributes.None;
        foreach (string name in c.AttrNames.Where(a => !known.Contains(a) && op.AttributeSpecs.Any(s => s.Name == a)))
        {
            System.Text.Json.JsonElement v = c.Attr(name);
            object value = (op.Name, name) switch
            {
                ("Cast", "to") => v.GetString() switch { "I64" => 7L, "I32" => 6L, "F32" => 1L, var other => throw new NotSupportedException(other) },
                (_, "alpha" or "beta") => v.GetSingle(),
                _ when v.ValueKind == System.Text.Json.JsonValueKind.Array => Longs(c, name),
                _ when v.ValueKind == System.Text.Json.JsonValueKind.String => v.GetString()!,
                _ => v.GetInt64(),
            };
            attributes = attributes.With(name, value);
        }

        return attributes;
    }

    private static long[] Longs(GoldenCase c, string name) => [.. c.Attr(name).EnumerateArray().Select(e => e.GetInt64())];
}
