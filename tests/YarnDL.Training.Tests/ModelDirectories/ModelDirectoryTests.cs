using YarnDL.Data.Files;
using YarnDL.ModelFiles;
using YarnDL.Nn;
using YarnDL.Training.Engines;
using YarnDL.Training.ModelDirectories;

namespace YarnDL.Training.Tests.ModelDirectories;

public sealed class ModelDirectoryTests : IDisposable
{
    private readonly SmallTraining _training = new();
    private readonly LocalEngine _engine = new(2);

    public void Dispose()
    {
        _engine.Dispose();
        _training.Dispose();
    }

    [Fact]
    public void A_model_directory_holds_the_files_of_its_contract_and_reads_back_bit_for_bit()
    {
        TrainingResult result = SmallTraining.Fit(_training.Run("run", _engine));
        Assert.Equal(["card.md", "features.json", "manifest.json", "model.onnx", "times.json", "weights.safetensors"], Directory.GetFiles(result.ModelPath!).Select(f => Path.GetFileName(f)).Order());
        ModelDirectory model = _training.Open(result);
        IReadOnlyDictionary<string, Tensors.Tensor> weights = ModelFiles.Safetensors.SafetensorsFile.Read(File.OpenRead($"{result.ModelPath}/weights.safetensors"), "weights");
        Assert.Equal(["fc1.bias", "fc1.weight", "fc2.bias", "fc2.weight"], weights.Keys.Order());
        foreach ((string name, Tensors.Tensor t) in weights)
        {
            Assert.Equal(t.Span<float>().ToArray(), model.Model.Weights(name).ToArray());
        }

        Assert.Equal(_training.Encoded.DataHash, (string?)model.Manifest["dataHash"]);
        Assert.Equal(Tensors.KernelSet.Name, (string?)model.Manifest["kernelSet"]);
        Assert.Equal(500, (long)model.Manifest["ledger"]!["read"]!);
        Assert.Equal("x", model.ReadFeatures().List.All[0].Name);
        Assert.Equal(result.FinalValues["val_accuracy"], (double)model.Manifest["values"]!["val_accuracy"]!);
    }

    [Fact]
    public void Two_runs_write_the_same_bytes_but_for_their_times()
    {
        TrainingResult a = SmallTraining.Fit(_training.Run("a", _engine));
        TrainingResult b = SmallTraining.Fit(_training.Run("b", _engine));
        foreach (string file in Directory.GetFiles(a.ModelPath!).Select(f => Path.GetFileName(f)).Where(f => f != "times.json"))
        {
            Assert.True(File.ReadAllBytes($"{a.ModelPath}/{file}").AsSpan().SequenceEqual(File.ReadAllBytes($"{b.ModelPath}/{file}")), file);
        }
    }

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("weights.safetensors")]
    [InlineData("features.json")]
    [InlineData("card.md")]
    [InlineData("manifest.json")]
    public void A_flipped_bit_in_any_file_is_refused(string file)
    {
        TrainingResult result = SmallTraining.Fit(_training.Run("run", _engine));
        string path = $"{result.ModelPath}/{file}";
        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 3] ^= 4;
        File.WriteAllBytes(path, bytes);
        Assert.Contains(file, Assert.Throws<ModelFileException>(() => _training.Open(result)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_or_file_is_refused_by_path()
    {
        Assert.Contains("nowhere", Assert.Throws<ModelFileException>(() => ModelDirectory.Open(_training.Store, _training["nowhere"])).Message, StringComparison.Ordinal);
        TrainingResult result = SmallTraining.Fit(_training.Run("run", _engine));
        File.Delete($"{result.ModelPath}/weights.safetensors");
        Assert.Contains("weights.safetensors is missing", Assert.Throws<ModelFileException>(() => _training.Open(result)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_a_newer_release_is_refused()
    {
        TrainingResult result = SmallTraining.Fit(_training.Run("run", _engine));
        string manifest = $"{result.ModelPath}/manifest.json";
        System.Text.Json.Nodes.JsonObject json = Storage.SealedJson.Read(File.ReadAllBytes(manifest))!;
        json["version"] = 2;
        File.WriteAllBytes(manifest, Storage.SealedJson.Write(json));
        Assert.Contains("newer release", Assert.Throws<ModelFileException>(() => _training.Open(result)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_run_again_is_already_done_and_another_one_is_refused_before_a_step()
    {
        TrainingRun run = _training.Run("run", _engine);
        SmallTraining.Fit(run);
        var again = new Recorder();
        Assert.Equal(TrainingOutcome.AlreadyDone, SmallTraining.Fit(run, again).Outcome);
        Assert.Empty(again.Losses);
        var other = new Recorder();
        var e = Assert.Throws<FileStoreException>(() => SmallTraining.Fit(_training.Run("other", _engine) with { ModelPath = _training["run/model"] }, other, SmallTraining.Plan with { Seed = 1 }));
        Assert.Equal(FileStoreFault.Exists, e.Fault);
        Assert.Empty(other.Losses);
    }

    [Fact]
    public void Versions_are_kept_beside_each_other_and_the_newest_is_current()
    {
        TrainingRun run = _training.Run("a", _engine) with { ModelPath = _training["models"], ReplaceModel = true };
        TrainingResult first = SmallTraining.Fit(run);
        TrainingResult second = SmallTraining.Fit(run with { Output = _training["b"] }, plan: SmallTraining.Plan with { Seed = 1 });
        Assert.EndsWith("v000001", first.ModelPath, StringComparison.Ordinal);
        Assert.EndsWith("v000002", second.ModelPath, StringComparison.Ordinal);
        Assert.Equal(second.ModelPath, ModelDirectory.Open(_training.Store, _training["models"]).Path);
        Assert.Equal(first.ModelPath, ModelDirectory.Open(_training.Store, first.ModelPath!).Path);
    }

    [Theory]
    [InlineData("accuracy >= 0.5", TrainingOutcome.Trained)]
    [InlineData("val_loss < 5", TrainingOutcome.Trained)]
    [InlineData("accuracy >= 1.1", TrainingOutcome.Rejected)]
    [InlineData("val_loss <= 0", TrainingOutcome.Rejected)]
    public void A_gate_decides_whether_the_model_is_published(string gate, TrainingOutcome outcome)
    {
        TrainingResult result = SmallTraining.Fit(_training.Run("run", _engine) with { Gate = gate });
        Assert.Equal(outcome, result.Outcome);
        Assert.Equal(outcome == TrainingOutcome.Trained, Directory.Exists(_training["run/model"]));
        if (outcome == TrainingOutcome.Rejected)
        {
            Assert.Contains("model.rejected", result.ModelPath, StringComparison.Ordinal);
            Assert.Contains(gate, result.Message, StringComparison.Ordinal);
            Assert.Contains("Rejected", File.ReadAllText($"{result.ModelPath}/card.md"), StringComparison.Ordinal);
            Assert.NotNull(_training.Open(result).Manifest["rejected"]);
        }
    }

    [Theory]
    [InlineData("accuracy is good")]
    [InlineData("acuracy >= 0.9")]
    public void A_gate_that_cannot_be_read_ends_the_run_before_a_step(string gate)
    {
        var recorder = new Recorder();
        Assert.Equal(TrainingFault.Job, Assert.Throws<TrainingException>(() => SmallTraining.Fit(_training.Run("run", _engine) with { Gate = gate }, recorder)).Fault);
        Assert.Empty(recorder.Losses);
    }

    [Fact]
    public void Training_goes_on_from_an_earlier_models_weights()
    {
        TrainingResult first = SmallTraining.Fit(_training.Run("first", _engine));
        var recorder = new Recorder();
        TrainingResult second = SmallTraining.Fit(_training.Run("second", _engine) with { Init = new InitFrom(first.ModelPath!) }, recorder);
        Assert.True(recorder.Losses[0] < first.Epochs[0].Values["loss"], "the first loss is that of fresh weights");
        Assert.Equal(_training.Open(first).Checksum, (string?)_training.Open(second).Manifest["initFrom"]!["manifest"]);
    }

    [Fact]
    public void Optimizer_state_is_taken_along_when_asked_for_and_refused_by_name_when_absent()
    {
        // Two epochs at once, or one and then another one from weights and state: with a constant rate and no shuffling the same updates.
        TrainingPlan plan = SmallTraining.Plan with { Schedule = new ConstantSchedule(), Shuffle = false };
        TrainingResult whole = SmallTraining.Fit(_training.Run("whole", _engine), plan: plan);
        TrainingResult half = SmallTraining.Fit(_training.Run("half", _engine) with { SaveOptimizerState = true }, plan: plan with { Epochs = 1 });
        TrainingResult rest = SmallTraining.Fit(_training.Run("rest", _engine) with { Init = new InitFrom(half.ModelPath!, OptimizerState: true) }, plan: plan with { Epochs = 1 });
        Assert.Equal(SmallTraining.Weights(whole), SmallTraining.Weights(rest));
        var e = Assert.Throws<ModelFileException>(() => SmallTraining.Fit(_training.Run("none", _engine) with { Init = new InitFrom(whole.ModelPath!, OptimizerState: true) }, plan: plan));
        Assert.Contains("no optimizer state", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_another_network_are_refused_by_parameter()
    {
        TrainingResult first = SmallTraining.Fit(_training.Run("first", _engine));
        TrainingPlan plan = SmallTraining.Plan with { Model = Model.Build(new Mlp(3, [17]), [new InputSpec("x", Tensors.DType.Float32, new Tensors.Shape(SmallTraining.Features))], 1) };
        var e = Assert.Throws<ModelFileException>(() => SmallTraining.Fit(_training.Run("second", _engine) with { Init = new InitFrom(first.ModelPath!) }, plan: plan));
        Assert.Contains("fc1.weight", e.Message, StringComparison.Ordinal);
    }
}
