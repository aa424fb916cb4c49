using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using YarnDL.Data.Features;
using YarnDL.Data.Lakes;
using YarnDL.Nn;
using YarnDL.Tests.Commands;
using YarnDL.Training;
using YarnDL.Training.ModelDirectories;

namespace YarnDL.Tests.Library;

/// <summary>Several losses, row weights, rules, accumulation, triggers and phases, from a table to a model, by the library and by a job file.</summary>
public sealed partial class PlanTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "yarndl-plans-" + Path.GetRandomFileName());

    public PlanTests()
    {
        Directory.CreateDirectory(_folder);
        var csv = new StringBuilder("age,hours,weight,kind,income,one,zero\n");
        for (int i = 0; i < 96; i++)
        {
            double age = ((i * 37) % 50) / 10.0, hours = ((i * 23) % 40) / 10.0;
            csv.Append(CultureInfo.InvariantCulture, $"{age},{hours},{1 + (i % 3)},{(age > hours ? 1 : 0)},{(0.5 * age) + (0.25 * hours)},1,0\n");
        }

        File.WriteAllText(Table, csv.ToString());
    }

    private string Table => Path.Combine(_folder, "people.csv");

    private TableSource Source => new() { Format = "csv", Paths = [Table], Columns = [.. ((string[])["age", "hours", "weight", "income", "one", "zero"]).Select(c => (c, "float")), ("kind", "int")] };

    [Fact]
    public async Task Two_losses_of_two_outputs_learn_with_row_weights_and_rules()
    {
        using var lake = new EmbeddedLake();
        (Trainer sample, SelectedRows people) = GuideSamples.Several(lake);
        SelectedRows rows = people with { Rows = lake.From(Source) };
        var trainer = new Trainer(sample.Network, sample.Loss, sample.Optimizer)
        {
            Losses = sample.Losses,
            RowWeight = sample.RowWeight,
            Rules = sample.Rules,
            Accumulate = sample.Accumulate,
            ClipNorm = sample.ClipNorm,
            EndWhen = new MaxSteps(100),
            ValidateWhen = new EverySteps(7),
            SummaryWhen = new EverySteps(5),
            ValidationSplit = 0.2,
            Epochs = 40,
            BatchSize = 16,
            Threads = 1,
            Output = Path.Combine(_folder, "run"),
        };
        FitResult result = await trainer.FitAsync(rows);
        Assert.Equal(100, result.Training.Steps);
        IReadOnlyDictionary<string, double> first = result.Training.Epochs[0].Values, last = result.Training.Epochs[^1].Values;
        Assert.True(last["loss"] < first["loss"]);
        Assert.Equal(last["loss"], last["loss_kind_0"] + (0.1 * last["loss_income_1"]), 1e-9);
        string[] lines = File.ReadAllLines(result.Training.MetricsPath);
        Assert.Equal(20, lines.Count(l => l.Contains("\"kind\":\"step\"", StringComparison.Ordinal)));
        Assert.Contains(lines, l => l.Contains("\"kind\":\"validation\"", StringComparison.Ordinal));
        Model before = Model.Build((Functional)trainer.Network, trainer.Seed);
        Model after = ModelDirectory.Open(trainer.Store, result.Training.ModelPath!).Model;
        Assert.Equal(before.Weights("income.weight").ToArray(), after.Weights("income.weight").ToArray());
        Assert.NotEqual(before.Weights("shared.weight").ToArray(), after.Weights("shared.weight").ToArray());
        Assert.Equal(2, after.Graph.Inputs.Count);
        Assert.Equal(["loss", "loss_income_1", "loss_kind_0"], result.Evaluation!.Values.Keys.Where(k => k.StartsWith("loss", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_job_file_says_the_same_and_gives_the_same_weights()
    {
        string job = Path.Combine(_folder, "job.yaml");
        await File.WriteAllTextAsync(job, $$"""
            version: 1
            seed: 5
            data:
              train: {path: {{Table}}, columns: {age: float, hours: float, weight: float, kind: int, income: float} }
            features:
              - {type: numeric, columns: [age, hours], name: x}
              - {type: numeric, columns: [weight]}
            label: kind
            rowWeight: weight
            model: {type: mlp, outputs: 2, hidden: [8]}
            loss:
              - crossEntropy
              - {loss: {type: crossEntropy, labelSmoothing: 0.2}, weight: 0.5}
            optimizer: {type: sgd, learningRate: 0.1}
            rules:
              - {match: fc1, optimizer: {type: adam, learningRate: 0.01}, schedule: {type: step, size: 1, gamma: 0.5} }
              - {match: "*.bias", rate: 2}
            train:
              epochs: 6
              batchSize: 16
              accumulate: 2
              clipValue: 0.5
              threads: 1
              endWhen: {type: maxSteps, steps: 30}
              checkpoint: {when: {type: everySteps, steps: 7} }
            output: {{_folder}}/out
            """);
        CommandLine run = CommandLine.InProcess("train", job);
        Assert.True(run.Code == 0, run.Error);
        using var lake = new EmbeddedLake();
        FitResult result = await new Trainer(new Mlp(2, [8]), Loss.CrossEntropy(), new Sgd(0.1))
        {
            Seed = 5,
            Losses = [new(Loss.CrossEntropy(), "", ""), new(Loss.CrossEntropy(labelSmoothing: 0.2), "output", "kind", 0.5)],
            RowWeight = "weight",
            Rules = [new("fc1", new Adam(0.01), new StepSchedule(1, 0.5)), new("*.bias", Rate: 2)],
            Epochs = 6,
            BatchSize = 16,
            Accumulate = 2,
            ClipValue = 0.5,
            Threads = 1,
            EndWhen = new MaxSteps(30),
            Output = Path.Combine(_folder, "library"),
        }.FitAsync(lake.From(Source).Select(new NumericFeature("x", ["age", "hours"], NumericScale.None), Feature.Numeric("weight"), Label.Index("kind")));
        Assert.Equal(30, result.Training.Steps);
        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "library", "model", "weights.safetensors")), File.ReadAllBytes(Path.Combine(_folder, "out", "model", "weights.safetensors")));
        Assert.Contains("step-000000000028", Directory.GetDirectories(Path.Combine(_folder, "out", "checkpoints")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_network_learns_to_say_its_own_input_without_a_label()
    {
        using var lake = new EmbeddedLake();
        FitResult result = await new Trainer(new Linear(2, 2), Loss.Mse(), new Adam(0.05)) { Losses = [new(Loss.Mse(), "", "x")], Epochs = 20, BatchSize = 32, Threads = 1, Output = Path.Combine(_folder, "run") }
            .FitAsync(lake.From(Source).Select(new NumericFeature("x", ["age", "hours"], NumericScale.Standard)));
        Assert.True(result.Training.FinalValues["loss"] < 0.5 * result.Training.Epochs[0].Values["loss"]);
    }

    [Fact]
    public async Task Phases_and_a_step_function_of_ones_own_train_from_a_table()
    {
        using var lake = new EmbeddedLake();
        Trainer sample = GuideSamples.Turns();
        SelectedRows rows = lake.From(Source).Select(new NumericFeature("x", ["age", "hours", "weight", "income", "age", "hours"], NumericScale.Standard), Label.Value("one"), Label.Value("zero"));
        var trainer = new Trainer(sample.Network, sample.Loss, sample.Optimizer) { Phases = sample.Phases, StepFunction = new FiveToOne(), Epochs = 2, BatchSize = 32, Threads = 1, Output = Path.Combine(_folder, "run") };
        FitResult result = await trainer.FitAsync(rows);
        Model after = ModelDirectory.Open(trainer.Store, result.Training.ModelPath!).Model;
        foreach (float w in after.Weights("judge.0.weight"))
        {
            Assert.InRange(w, -0.1f, 0.1f);
        }

        Assert.Contains("maker_loss", result.Training.FinalValues.Keys);
    }

    [Fact]
    public void The_samples_of_the_guide_are_those_that_are_compiled()
    {
        string root = YarnDL.Testing.SharedFolder.Root;
        string compiled = Plain(File.ReadAllText(Path.Combine(root, "tests/YarnDL.Tests/Library/GuideSamples.cs")) + File.ReadAllText(Path.Combine(root, "tests/YarnDL.Tests/Library/FiveToOne.cs")));
        MatchCollection samples = Sample().Matches(File.ReadAllText(Path.Combine(root, "docs/library.md")));
        Assert.True(samples.Count >= 4);
        foreach (Match m in samples)
        {
            string text = Plain(Using().Replace(m.Groups[1].Value, ""));
            Assert.True(compiled.Contains(text, StringComparison.Ordinal), $"this sample of docs/library.md is not in GuideSamples.cs:\n{m.Groups[1].Value}");
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Plain(string code) => Space().Replace(code, " ").Trim();

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Sample();

    [GeneratedRegex(@"^using [\w.]+;\n", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
