using YarnDL.Tensors;
using YarnDL.Testing;

namespace YarnDL.Graphs.Tests.GoldenLayers;

/// <summary>Builds the outputs of a case, by their names, from its inputs and parameters.</summary>
internal delegate IReadOnlyDictionary<string, Value> Recipe(LayerGraph x);

/// <summary>How each case of the group is said in operators of the table: by its own name where ONNX has it, else by a recipe.</summary>
internal static class Recipes
{
    /// <summary>Attributes of the cases that are inputs of the operator.</summary>
    private static readonly Dictionary<string, string[]> AsInputs = new()
    {
        ["Reshape"] = ["shape"],
        ["Expand"] = ["shape"],
        ["Squeeze"] = ["axes"],
        ["Unsqueeze"] = ["axes"],
        ["Slice"] = ["starts", "ends", "axes", "steps"],
        ["CumSum"] = ["axis"],
    };

    private static readonly HashSet<string> Logical = ["And", "Or", "Xor", "Not"];

    private static readonly Dictionary<string, Recipe> ByOp = new[] { ActivationRecipes.All, LayerRecipes.All, IndexRecipes.All, AttentionRecipes.All, RecurrentRecipes.All, SequenceRecipes.All, DetectionRecipes.All }
        .SelectMany(d => d).ToDictionary(p => p.Key, p => p.Value);

    /// <summary>The recipe of a case; null when there is none.</summary>
    public static Recipe? For(GoldenCase c)
    {
        if (c.Op == "LSTM" && c.Int("proj_size") > 0)
        {
            return ByOp["ProjectedLSTM"];
        }

        if (ByOp.TryGetValue(c.Op, out Recipe? recipe))
        {
            return recipe;
        }

        return OperatorTable.Find(c.Op) is { } op ? x => Y(Plain(x, op)) : null;
    }

    /// <summary>The one output of most cases.</summary>
    public static Dictionary<string, Value> Y(Value y) => new() { ["Y"] = y };

    /// <summary>The element type under which an input of the case is given.</summary>
    public static DType TypeOf(GoldenCase c, string name, GoldenTensor t) => name == "condition" || Logical.Contains(c.Op) ? DType.Bool
        : t.DType is "F32" or "F64" || name == "mask" ? DType.Float32 : DType.Int64;

    /// <summary>Inputs whose first axis is never the rows although it is as long.</summary>
    public static bool HasNoRows(GoldenCase c, string name) => name is "indices" or "running_mean" or "running_var" or "kernel" or "tree" or "table" or "offsets";

    /// <summary>Inputs that the operator must know before the run.</summary>
    public static bool IsKnown(string name) => name is "size";

    private static Value Plain(LayerGraph x, Operator op)
    {
        string[] known = AsInputs.GetValueOrDefault(op.Name, []);
        IEnumerable<Value> more = known.Where(x.Case.Has).Select(k => x.Case.Attr(k).ValueKind == System.Text.Json.JsonValueKind.Array ? x.G.Constant(x.Longs(k)) : x.G.Constant(x.Case.Int(k)));
        more = op.Name == "Pow" && x.Case.Has("exponent") ? more.Append(x.Number(x.Case.Number("exponent"))) : more;
        Attributes a = x.Attributes(op);
        bool axesInput = op.Name.StartsWith("Reduce", StringComparison.Ordinal) && x.Case.Has("axes") && !op.AttributeSpecs.Any(s => s.Name == "axes");
        return x.G.Add(op.Name, [.. x.All, .. axesInput ? [x.G.Constant(x.Longs("axes"))] : more], known.Length > 0 ? Graphs.Attributes.None.WithAll(a, known) : a);
    }

    private static Attributes WithAll(this Attributes none, Attributes all, string[] but)
    {
        foreach ((string name, object value) in all.All.Where(p => !but.Contains(p.Key)))
        {
            none = none.With(name, value);
        }

        return none;
    }
}
