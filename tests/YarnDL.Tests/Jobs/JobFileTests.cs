using YarnDL.Jobs;

namespace YarnDL.Tests.Jobs;

public sealed class JobFileTests
{
    public const string Good = """
        version: 1
        name: digits
        seed: 7
        data:
          train: digits.parquet
          split: 0.1
        features:
          - {type: image, column: png, grayscale: true, resize: [28, 28]}
        label: digit
        model: {type: lenet5, activation: relu}
        loss: crossEntropy
        optimizer: {type: adam, learningRate: 1e-3}
        train: {epochs: 2, batchSize: 64}
        output: out
        """;

    [Fact]
    public void Defaults_are_filled_in()
    {
        JobFile job = JobFile.Parse(Good, "job.yaml", []);
        Assert.Equal(2, job.Root.Map("train").Int("epochs"));
        Assert.Equal(0, job.Root.Map("train").Int("workers"));
        Assert.Equal("fail", job.Root.Map("data").Map("onBadRow").Text("action"));
        Assert.Equal("constant", job.Root.Text("schedule"));
        Assert.Equal(["digits.parquet"], job.Root.Map("data").Map("train").Texts("path"));
    }

    [Theory]
    [InlineData("train: {epochs", "train: {epoch", "job.yaml:13:9: unknown key 'epoch' in train; did you mean 'epochs'?")]
    [InlineData("seed: 7", "sed: 7", "job.yaml:3:1: unknown key 'sed'; did you mean 'seed'?")]
    [InlineData("seed: 7", "seed: seven", "job.yaml:3:7: seed is 'seven'; it must be a whole number of at least 0")]
    [InlineData("seed: 7", "seed: '7'", "job.yaml:3:7: seed is the text \"7\"; it must be a whole number of at least 0")]
    [InlineData("epochs: 2", "epochs: 2.5", "train.epochs is '2.5'; it must be a whole number of at least 1")]
    [InlineData("epochs: 2", "epochs: [2]", "train.epochs is a list; it must be a whole number of at least 1")]
    [InlineData("split: 0.1", "split: 1.5", "data.split is '1.5'; it must be a number from 0 to 0.99")]
    [InlineData("lenet5", "lenet4", "job.yaml:10:8: model: [model] there is no model lenet4")]
    [InlineData("learningRate: 1e-3", "learningRate: fast", "job.yaml:12:39: optimizer: [adam] learningRate is \"fast\"; it must be a number")]
    [InlineData("learningRate", "learningrate", "optimizer: [adam] there is no option learningrate")]
    [InlineData("column: png,", "colum: png,", "job.yaml:8:5: features[0]: [image]")]
    [InlineData("version: 1", "version: 2", "version is '2'; it must be a whole number from 1 to 1")]
    [InlineData("output: out", "", "output is missing; it must be text")]
    [InlineData("label: digit", "label: {colunm: digit}", "job.yaml:9:9: unknown key 'colunm' in label; did you mean 'column'?")]
    public void A_wrong_job_is_refused_with_place_and_remedy(string from, string to, string message)
    {
        JobException e = Assert.Throws<JobException>(() => JobFile.Parse(Good.Replace(from, to, StringComparison.Ordinal), "job.yaml", []));
        Assert.Contains(message, e.Message);
        Assert.StartsWith("[job] ", e.Message);
    }

    [Theory]
    [InlineData("", "job.yaml:1:1: loss is missing; it must be a loss, below, or a list of losses")]
    [InlineData("loss: mse\nphases: [{name: a, loss: mse}]", "the job has a loss and phases; phases have their losses: take the job's away")]
    [InlineData("phases: [{name: a, loss: mse}, {name: a, loss: mae}]", "two phases are called a; give each a name of its own")]
    [InlineData("phases: [{loss: mse}]", "phases[0].name is missing; it must be text")]
    [InlineData("phases: [{name: a}]", "phases[0].loss is missing")]
    [InlineData("phases: []", "phases is a list; it must be a list with at least one entry")]
    [InlineData("phases: [{name: a, loss: mse, every: 0}]", "phases[0].every is '0'; it must be a whole number of at least 1")]
    [InlineData("phases: [{name: a, loss: mse, trian: b}]", "unknown key 'trian' in phases[0]; did you mean 'trains'?")]
    [InlineData("phases: [{name: a, loss: {loss: mse, tagret: 1}}]", "unknown key 'tagret' in phases[0].loss; did you mean 'target'?")]
    [InlineData("phases: [{name: a, loss: mse}]\nmetrics: [mae]", "the job has phases and metrics; give the metrics to the phase")]
    [InlineData("loss: mse\nmetrics: [{metric: mae, otput: x}]", "unknown key 'otput' in metrics[0]; did you mean 'output'?")]
    [InlineData("loss: mse\nmetrics: [mae, {metric: {type: mae, units: label}}]", "two metrics are shown as mae; give one a name")]
    [InlineData("loss: mse\nmetrics: [{metric: maee}]", "metrics[0].metric: [metric] there is no metric maee")]
    public void Losses_phases_and_metrics_are_checked(string with, string message)
    {
        JobException e = Assert.Throws<JobException>(() => JobFile.Parse(Good.Replace("loss: crossEntropy", with, StringComparison.Ordinal), "job.yaml", []));
        Assert.Contains(message, e.Message);
    }

    [Fact]
    public void All_problems_are_told_in_the_order_of_the_file()
    {
        JobException e = Assert.Throws<JobException>(() => JobFile.Parse(Good.Replace("seed: 7", "seed: x").Replace("epochs: 2", "epochs: y"), "job.yaml", []));
        string[] lines = e.Message.Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Contains(":3:", lines[0]);
        Assert.Contains(":13:", lines[1]);
    }

    [Theory]
    [InlineData("train.epochs=5", "epochs", "5")]
    [InlineData("train.batchSize = 32", "batchSize", "32")]
    [InlineData("train={epochs: 9}", "epochs", "9")]
    public void A_setting_applies_before_the_check(string setting, string key, string value) =>
        Assert.Equal(value, JobFile.Parse(Good, "job.yaml", [setting]).Root.Map("train").Text(key));

    [Fact]
    public void A_setting_grows_a_short_form_and_picks_from_a_list()
    {
        JobFile job = JobFile.Parse(Good, "job.yaml", ["data.train.filter=_row < 10", "features.0.resize=[32, 32]", "loss.labelSmoothing=0.1"]);
        Assert.Equal("_row < 10", job.Root.Map("data").Map("train").Text("filter"));
        Assert.Equal(["digits.parquet"], job.Root.Map("data").Map("train").Texts("path"));
        Assert.Equal(["32", "32"], ((JobMap)job.Root.List("features")[0]).Texts("resize"));
        Assert.Equal("crossEntropy", job.Root.Map("loss").Text("type"));
    }

    [Theory]
    [InlineData("train.epoch=5", "--set train.epoch: unknown key 'epoch' in train; did you mean 'epochs'?")]
    [InlineData("train.epochs", "no '=' after a key")]
    [InlineData("train.epochs=many", "--set train.epochs: train.epochs is 'many'")]
    [InlineData("features.3.resize=1", "use a number from 0 to 0")]
    public void A_wrong_setting_is_refused_by_its_name(string setting, string message) =>
        Assert.Contains(message, Assert.Throws<JobException>(() => JobFile.Parse(Good, "job.yaml", [setting])).Message);

    [Fact]
    public void A_model_may_be_a_bare_list_of_layers()
    {
        JobMap model = JobFile.Parse(System.Text.RegularExpressions.Regex.Replace(Good, "(?m)^model:.*$", "model: [{type: linear, out: 8}, relu, {type: linear, out: 10}]"), "job.yaml", []).Root.Map("model");
        Assert.Equal("sequential", model.Text("type"));
        Assert.Equal(3, model.List("layers").Count);
    }

    [Fact]
    public void The_fingerprint_changes_with_what_decides_the_model_only()
    {
        string Of(params string[] settings) => JobFile.Parse(Good, "job.yaml", settings).Fingerprint();
        Assert.Equal(Of(), Of("train.workers=3", "train.threads=2", "output=elsewhere", "train.prefetch=false"));
        Assert.NotEqual(Of(), Of("seed=8"));
        Assert.NotEqual(Of(), Of("train.epochs=3"));
    }

    [Fact]
    public void The_effective_configuration_reads_back_and_hides_secrets()
    {
        JobFile job = JobFile.Parse(Good, "job.yaml", ["data.train.options={header: 'yes', s3_secret_access_key: abc123}"]);
        Assert.DoesNotContain("abc123", job.Yaml);
        Assert.DoesNotContain("abc123", job.Json.ToJsonString());
        Assert.Contains("s3_secret_access_key: '***'", job.Yaml);
        JobFile again = JobFile.Parse(JobFile.Parse(Good, "job.yaml", []).Yaml, "again.yaml", []);
        Assert.Equal(JobFile.Parse(Good, "job.yaml", []).Yaml, again.Yaml);
    }

    [Fact]
    public void Included_files_are_merged_key_by_key_and_the_including_file_wins()
    {
        string folder = Directory.CreateTempSubdirectory("yarndl-include-").FullName;
        try
        {
            string Write(string name, string text)
            {
                string path = Path.Combine(folder, name);
                File.WriteAllText(path, text);
                return path;
            }

            Write("base.yaml", Good);
            Write("fast.yaml", "train: {epochs: 9, shuffle: false}\nseed: 8\n");
            string job = Write("job.yaml", "include: [base.yaml, fast.yaml]\noptimizer: {type: sgd, learningRate: 0.1, momentum: 0.9}\ntrain: {epochs: 3}\n");
            JobFile read = JobFile.Load(job, ["name=set"]);
            Assert.Equal((3, 64, false), (read.Root.Map("train").Int("epochs"), read.Root.Map("train").Int("batchSize"), read.Root.Map("train").Flag("shuffle")));
            Assert.Equal(("8", "set"), (read.Root.Text("seed"), read.Root.Text("name")));
            Assert.DoesNotContain("include", read.Yaml, StringComparison.Ordinal);
            Assert.Equal([Path.Combine(folder, "base.yaml"), Path.Combine(folder, "fast.yaml")], read.Included);

            // The same as if it stood in one file.
            string one = Good.Replace("optimizer: {type: adam, learningRate: 1e-3}", "optimizer: {type: sgd, learningRate: 0.1, momentum: 0.9}", StringComparison.Ordinal)
                .Replace("{epochs: 2, batchSize: 64}", "{epochs: 3, batchSize: 64, shuffle: false}", StringComparison.Ordinal).Replace("seed: 7", "seed: 8", StringComparison.Ordinal);
            Assert.Equal(JobFile.Parse(one, "one.yaml", []).Root.Map("train").Int("epochs"), read.Root.Map("train").Int("epochs"));
            Assert.Contains("base.yaml:2:1: unknown key 'nam'", Refused(Write("wrong.yaml", "include: base.yaml"), () => Write("base.yaml", Good.Replace("name:", "nam:", StringComparison.Ordinal))), StringComparison.Ordinal);
            Assert.Contains("round.yaml includes itself", Refused(Write("round.yaml", "include: round.yaml"), null), StringComparison.Ordinal);
            Assert.Contains("none.yaml does not exist", Refused(Write("lost.yaml", "include: none.yaml"), null), StringComparison.Ordinal);
            Assert.Contains("lost.yaml:1:11: include holds a map", Refused(Write("lost.yaml", "include: [{a: 1}]"), null), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Refused(string path, Action? before)
    {
        before?.Invoke();
        return Assert.Throws<JobException>(() => JobFile.Load(path, [])).Message;
    }
}
