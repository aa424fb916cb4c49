using System.Globalization;
using System.Text;
using YarnDL.Data.Files;
using YarnDL.Nn;
using YarnDL.Tests.Commands;
using YarnDL.Training.ModelDirectories;

namespace YarnDL.Tests.Jobs;

/// <summary>Plans that a job file alone says: several inputs and outputs, parts of earlier models, freezing, LBFGS.</summary>
public sealed class JobRunTests : IDisposable
{
    private const string Columns = "{age: double, hours: double, city: string, kind: string, income: double}";

    private readonly string _folder = Directory.CreateTempSubdirectory("yarndl-jobs-").FullName;

    public JobRunTests()
    {
        var csv = new StringBuilder("age,hours,city,kind,income\n");
        for (int i = 0; i < 160; i++)
        {
            double age = 18 + ((i * 37) % 50), hours = 5 + ((i * 23) % 40);
            csv.Append(CultureInfo.InvariantCulture, $"{age},{hours},{(i % 3 == 0 ? "rome" : "oslo")},{(age * hours > 900 ? "rich" : "poor")},{10 * age}\n");
        }

        File.WriteAllText(Path.Combine(_folder, "people.csv"), csv.ToString());
    }

    [Fact]
    public void Several_inputs_and_two_outputs_with_their_losses_and_metrics()
    {
        string job = Job("several", """
            features:
              - {type: numeric, columns: [age, hours], name: numbers, scale: standard}
              - {type: stringIndex, column: city}
            label: kind
            targets: [{column: income, type: value, scale: standard}]
            model:
              type: graph
              layers:
                - {name: where, of: city, type: embedding, width: 4, sparse: true, maxNorm: 1}
                - {of: [numbers, where], type: concat}
                - {name: body, layers: [{type: linear, out: 16}, relu]}
                - {name: class, of: body, type: linear, out: 2}
                - {name: money, of: body, type: linear, out: 1}
              outputs: [class, money]
            loss:
              - {loss: crossEntropy, output: class}
              - {loss: mse, output: money, target: income, weight: 0.5}
            metrics: [accuracy, {metric: {type: mae, units: label}, output: money}]
            gate: money_mae < 1000
            """);
        CommandLine train = CommandLine.InProcess("train", job);
        Assert.True(train.Code == 0, train.Error);
        System.Text.Json.JsonElement metrics = train.Outcome.GetProperty("metrics");
        Assert.Equal(["accuracy", "loss", "loss_income_1", "loss_kind_0", "money_mae"], metrics.EnumerateObject().Select(m => m.Name));
        Assert.InRange(metrics.GetProperty("money_mae").GetDouble(), 1, 500);

        // A word of scoring means what it always means, whatever outputs are called; layers are fetched by their names.
        CommandLine score = CommandLine.InProcess("score", job, "--set", $"score={{input: {{path: {_folder}/people.csv, columns: {Columns}}}, output: {_folder}/scored.csv, outputs: [class, probability, prediction, body]}}");
        Assert.True(score.Code == 0, score.Error);
        string[] lines = File.ReadAllLines(Path.Combine(_folder, "scored.csv"));
        Assert.Equal("class,probability,prediction,body", lines[0]);
        Assert.Matches("^(rich|poor),0\\.[0-9]+,-?[0-9.]+,\"\\[.*\\]\"$", lines[1]);
        CommandLine inspect = CommandLine.InProcess("inspect", $"{_folder}/several/model");
        Assert.Matches("body +Relu +\\(N, 16\\)", inspect.Out);
    }

    [Fact]
    public void A_part_of_an_earlier_model_is_frozen_under_a_new_head()
    {
        string first = Job("first", "features: [{type: numeric, columns: [age, hours], scale: standard, name: x}]\nlabel: kind\nmodel: [{type: linear, out: 8}, relu, {type: linear, out: 2}]\nloss: crossEntropy");
        Assert.Equal(0, CommandLine.InProcess("train", first).Code);
        const string Second = "features: [{{type: numeric, columns: [age, hours], scale: standard, name: x}}]\nlabel: {{column: income, type: value, scale: standard}}\nmodel: [{{type: pretrained, from: '{0}', until: {1}, frozen: true, name: body}}, {{type: linear, out: 1}}]\nloss: mse";
        CommandLine second = CommandLine.InProcess("train", Job("second", string.Format(CultureInfo.InvariantCulture, Second, $"{_folder}/first/model", "1")));
        Assert.True(second.Code == 0, second.Error);
        Assert.Equal(Weights("first", "0.weight"), Weights("second", "body.0.weight"));

        // The same from the ONNX file; names that are not there are told with those that are.
        CommandLine third = CommandLine.InProcess("train", Job("third", string.Format(CultureInfo.InvariantCulture, Second, $"{_folder}/first/model/model.onnx", "1")));
        Assert.True(third.Code == 0, third.Error);
        Assert.Equal(Weights("second", "1.weight"), Weights("third", "1.weight"));
        CommandLine wrong = CommandLine.InProcess("train", Job("wrong", string.Format(CultureInfo.InvariantCulture, Second, $"{_folder}/first/model", "Relu_2")));
        Assert.Equal(2, wrong.Code);
        Assert.Contains("there is no module or value Relu_2; known: 0, 1, output", wrong.Error);
        CommandLine missing = CommandLine.InProcess("train", Job("missing", string.Format(CultureInfo.InvariantCulture, Second, $"{_folder}/nowhere", "1")));
        Assert.Equal(5, missing.Code);
        Assert.Contains("nowhere does not exist", missing.Error);
    }

    [Fact]
    public void A_frozen_layer_stays_frozen_when_the_weights_come_from_an_earlier_model()
    {
        const string Rest = "features: [{type: numeric, columns: [age, hours], scale: standard, name: x}]\nlabel: kind\nloss: crossEntropy\nmodel: ";
        Assert.Equal(0, CommandLine.InProcess("train", Job("one", Rest + "[{type: linear, out: 8}, relu, {type: linear, out: 2}]")).Code);
        CommandLine next = CommandLine.InProcess("train", Job("two", Rest + $"[{{type: linear, out: 8, frozen: true}}, relu, {{type: linear, out: 2}}]\ninit: '{_folder}/one/model'"));
        Assert.True(next.Code == 0, next.Error);
        Assert.Equal(Weights("one", "0.weight"), Weights("two", "0.weight"));
        Assert.NotEqual(Weights("one", "2.weight"), Weights("two", "2.weight"));
    }

    [Fact]
    public void Lbfgs_is_an_optimizer_of_a_job_and_says_what_it_cannot_go_with()
    {
        const string Rest = "features: [{type: numeric, columns: [age, hours], scale: standard, name: x}]\nlabel: kind\nloss: crossEntropy\nmodel: {type: mlp, outputs: 2}\noptimizer: {type: lbfgs, iterations: 5, strongWolfe: true}";
        CommandLine good = CommandLine.InProcess("train", Job("good", Rest), "--set", "train.batchSize=256");
        Assert.True(good.Code == 0, good.Error);
        CommandLine clipped = CommandLine.InProcess("train", Job("clipped", Rest), "--set", "train.clipNorm=1");
        Assert.Equal(2, clipped.Code);
        Assert.Contains("lbfgs searches along its own steps", clipped.Error);
    }

    public void Dispose() => Directory.Delete(_folder, true);

    private string Job(string name, string rest)
    {
        string path = Path.Combine(_folder, name + ".yaml");
        File.WriteAllText(path, $"version: 1\ndata:\n  train: {{path: {_folder}/people.csv, columns: {Columns}}}\n{rest}\ntrain: {{epochs: 4, batchSize: 32, threads: 1}}\noutput: {_folder}/{name}\n");
        return path;
    }

    private float[] Weights(string run, string parameter)
    {
        Model model = ModelDirectory.Open(new LocalFileStore(), $"{_folder}/{run}/model").Model;
        return model.Weights(parameter).ToArray();
    }
}
