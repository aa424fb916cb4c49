using System.Text.Json.Nodes;
using YarnDL.Nn;
using YarnDL.Tensors;
using YarnDL.Training.Steps;

namespace YarnDL.Training.Runs;

/// <summary>What changes of one phase while a run goes on.</summary>
internal sealed class PhaseState : IDisposable
{
    private readonly Phase _phase;

    /// <param name="phase">The phase.</param>
    /// <param name="groups">Its groups.</param>
    public PhaseState(Phase phase, IReadOnlyList<PhaseGroup> groups)
    {
        _phase = phase;
        Measures = NewMeasures();
        Schedules = [.. groups.Select(g => g.Schedule.Begin(g.Optimizer.LearningRate))];
        Lbfgs = groups.Any(g => g.Optimizer is Lbfgs) ? new LbfgsState() : null;
    }

    /// <summary>Updates done.</summary>
    public long Updates { get; set; }

    /// <summary>What the epoch under way has measured so far.</summary>
    public Measures Measures { get; set; }

    /// <summary>What schedules that listen to measures carry from epoch to epoch, group by group.</summary>
    public double[][] Schedules { get; private set; }

    /// <summary>What LBFGS carries; null for other optimizers.</summary>
    public LbfgsState? Lbfgs { get; }

    /// <summary>Steps whose gradients wait for an update.</summary>
    public int Waiting { get; set; }

    /// <summary>The sum of the dense gradients that wait; null while there were none.</summary>
    public Tensor? Sum { get; private set; }

    /// <summary>The sums of the row gradients that wait.</summary>
    public RowSums[] Tables { get; private set; } = [];

    public Measures NewMeasures() => new(_phase.Losses.Count, _phase.Metrics.Count);

    /// <summary>Adds a step's gradient to those that wait.</summary>
    public void Wait(PhaseGradient gradient)
    {
        Room();
        if (Waiting++ == 0)
        {
            gradient.Dense.Span<float>().CopyTo(Sum!.Span<float>());
            for (int t = 0; t < Tables.Length; t++)
            {
                Tables[t].CopyFrom(gradient.Tables[t]);
            }

            return;
        }

        Span<float> sum = Sum!.Span<float>();
        ReadOnlySpan<float> next = gradient.Dense.Span<float>();
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] += next[i];
        }

        for (int t = 0; t < Tables.Length; t++)
        {
            Tables[t].Add(gradient.Tables[t]);
        }
    }

    /// <summary>Gives back the mean of the gradients that waited.</summary>
    public void Release(PhaseGradient gradient)
    {
        float steps = Waiting;
        Divide(Sum!.Span<float>(), gradient.Dense.Span<float>(), steps);
        for (int t = 0; t < Tables.Length; t++)
        {
            gradient.Tables[t].CopyFrom(Tables[t]);
            Divide(gradient.Tables[t].Values.Span<float>(), gradient.Tables[t].Values.Span<float>(), steps);
        }

        Waiting = 0;
    }

    /// <summary>All but vectors.</summary>
    public JsonObject Describe() => new()
    {
        ["updates"] = Updates,
        ["schedules"] = new JsonArray([.. Schedules.Select(Bits)]),
        ["waiting"] = Waiting,
        ["lbfgs"] = Lbfgs is null ? null : new JsonObject { ["iterations"] = Lbfgs.Iterations, ["numbers"] = Bits([Lbfgs.Length, Lbfgs.Diagonal]), ["pairs"] = Lbfgs.Steps.Count },
        ["measures"] = new JsonObject
        {
            ["rows"] = Measures.Rows,
            ["numerators"] = Numbers(Measures.Numerators),
            ["denominators"] = Numbers(Measures.Denominators),
            ["metrics"] = new JsonArray([.. Measures.Metrics.Select(m => m is null ? null : new JsonObject { ["sums"] = Numbers(m.Sums), ["list"] = Numbers(m.List) })]),
        },
    };

    /// <summary>The vectors that a checkpoint holds, by name; made for it, the caller disposes them.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Vectors()
    {
        if (Waiting > 0)
        {
            yield return ("waiting", Tensor.From<float>(new Shape(Sum!.Shape.ElementCount), Sum.Span<float>()));
            for (int t = 0; t < Tables.Length; t++)
            {
                yield return ($"waiting.{t}.ids", Tensor.From<long>(new Shape(Tables[t].Count), Tables[t].Ids.Span<long>()));
                yield return ($"waiting.{t}.values", Tensor.From<float>(new Shape(Tables[t].Count, Tables[t].Width), Tables[t].Values.Span<float>()));
            }
        }

        if (Lbfgs is not null)
        {
            yield return ("lbfgs.direction", Doubles(Lbfgs.Direction));
            yield return ("lbfgs.gradient", Doubles(Lbfgs.Gradient));
            for (int i = 0; i < Lbfgs.Steps.Count; i++)
            {
                yield return ($"lbfgs.{i}.step", Doubles(Lbfgs.Steps[i]));
                yield return ($"lbfgs.{i}.change", Doubles(Lbfgs.GradientChanges[i]));
            }
        }
    }

    /// <summary>The inverse of <see cref="Describe"/> and <see cref="Vectors"/>.</summary>
    public void Restore(JsonNode json, Func<string, Tensor> vector)
    {
        Updates = (long)json["updates"]!;
        Schedules = [.. json["schedules"]!.AsArray().Select(s => FromBits(s!))];
        Waiting = (int)json["waiting"]!;
        if (Waiting > 0)
        {
            Room();
            vector("waiting").Span<float>().CopyTo(Sum!.Span<float>());
            for (int t = 0; t < Tables.Length; t++)
            {
                Tensor ids = vector($"waiting.{t}.ids");
                Tables[t].Resize(ids.Shape.ElementCount);
                ids.Span<long>().CopyTo(Tables[t].Ids.Span<long>());
                vector($"waiting.{t}.values").Span<float>().CopyTo(Tables[t].Values.Span<float>());
            }
        }

        if (Lbfgs is not null)
        {
            JsonNode l = json["lbfgs"]!;
            double[] numbers = FromBits(l["numbers"]!);
            (Lbfgs.Iterations, Lbfgs.Length, Lbfgs.Diagonal) = ((long)l["iterations"]!, numbers[0], numbers[1]);
            Lbfgs.Direction = vector("lbfgs.direction").Span<double>().ToArray();
            Lbfgs.Gradient = vector("lbfgs.gradient").Span<double>().ToArray();
            Lbfgs.Steps.Clear();
            Lbfgs.GradientChanges.Clear();
            for (int i = 0; i < (int)l["pairs"]!; i++)
            {
                Lbfgs.Steps.Add(vector($"lbfgs.{i}.step").Span<double>().ToArray());
                Lbfgs.GradientChanges.Add(vector($"lbfgs.{i}.change").Span<double>().ToArray());
            }
        }

        JsonNode m = json["measures"]!;
        Measures.Rows = (long)m["rows"]!;
        Numbers(m["numerators"]!).CopyTo(Measures.Numerators, 0);
        Numbers(m["denominators"]!).CopyTo(Measures.Denominators, 0);
        for (int i = 0; i < Measures.Metrics.Length; i++)
        {
            if (m["metrics"]![i] is { } value)
            {
                Measures.Metrics[i] = new MetricValue(Numbers(value["sums"]!), Numbers(value["list"]!));
            }
        }
    }

    public void Dispose()
    {
        Sum?.Dispose();
        Array.ForEach(Tables, t => t.Dispose());
    }

    /// <summary>Doubles as their bits: what cannot be written as a number, such as infinity, comes back too.</summary>
    public static JsonArray Bits(double[] values) => new([.. values.Select(v => JsonValue.Create(BitConverter.DoubleToInt64Bits(v)))]);

    /// <summary>The inverse of <see cref="Bits"/>.</summary>
    public static double[] FromBits(JsonNode list) => [.. list.AsArray().Select(v => BitConverter.Int64BitsToDouble((long)v!))];

    private void Room()
    {
        if (Sum is null)
        {
            Sum = new Tensor(DType.Float32, new Shape(_phase.Layout.Count));
            Tables = [.. _phase.Tables.GroupBy(t => t.Parameter).Select(t => new RowSums(t.First().Entries, t.First().Width))];
        }
    }

    private static void Divide(ReadOnlySpan<float> sum, Span<float> into, float by)
    {
        for (int i = 0; i < into.Length; i++)
        {
            into[i] = sum[i] / by;
        }
    }

    private static Tensor Doubles(double[] values) => Tensor.From<double>(new Shape(values.Length), values);

    private static JsonArray Numbers(double[] values) => new([.. values.Select(v => JsonValue.Create(v))]);

    private static double[] Numbers(JsonNode list) => [.. list.AsArray().Select(v => (double)v!)];
}
