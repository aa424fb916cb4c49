using System.Text.Json.Nodes;
using YarnDL.Data.Encoding;
using YarnDL.Data.Features;
using YarnDL.Data.Files;
using YarnDL.Nn;
using YarnDL.Training;
using YarnDL.Training.Engines;

namespace YarnDL;

/// <summary>Trains a model on the rows of a table. Every property has a sensible value; <see cref="FitAsync"/> does the rest.</summary>
/// <param name="network">The network; its inputs are the selected features, in order.</param>
/// <param name="loss">What is minimised.</param>
/// <param name="optimizer">How weights follow the gradient.</param>
public sealed class Trainer(Module network, Loss loss, Optimizer optimizer)
{
    public Module Network { get; } = network;

    public Loss Loss { get; } = loss;

    public Optimizer Optimizer { get; } = optimizer;

    public Schedule Schedule { get; init; } = new ConstantSchedule();

    /// <summary>
    /// Several losses, their weighted sum is minimised; empty: <see cref="Loss"/> alone. Outputs are named as the network names them, targets and row weights as
    /// the features; an empty output is the network's first, an empty target the first label.
    /// </summary>
    public IReadOnlyList<LossTerm> Losses { get; init; } = [];

    /// <summary>Names of the features that the network sees, in the order of its inputs; empty: all but labels and row weights. A network of symbols takes its inputs by name.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>The feature, one number per row, that says how much a row counts in the losses; null: all the same.</summary>
    public string? RowWeight { get; init; }

    /// <summary>Optimizers, schedules, rates and freezing by parameter name.</summary>
    public IReadOnlyList<ParameterRule> Rules { get; init; } = [];

    /// <summary>Phases of a step, each with its losses, parameters and optimizer; empty: one phase.</summary>
    public IReadOnlyList<PhasePlan> Phases { get; init; } = [];

    /// <summary>Another way through the phases of a step.</summary>
    public StepFunction? StepFunction { get; init; }

    /// <summary>Steps whose gradients are averaged for one update.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>Ends the training before all epochs are done; null: it does not.</summary>
    public Trigger? EndWhen { get; init; }

    /// <summary>When the validation rows are measured; null: after each epoch.</summary>
    public Trigger? ValidateWhen { get; init; }

    /// <summary>Which steps get a line in the metrics file; null: all.</summary>
    public Trigger? SummaryWhen { get; init; }

    /// <summary>Measured after each epoch; a <see cref="Metric"/> alone on the output and target of the first loss.</summary>
    public IReadOnlyList<MetricTerm> Metrics { get; init; } = [];

    public int Epochs { get; init; } = 10;

    public int BatchSize { get; init; } = 128;

    /// <summary>Parts of a batch: a power of two that divides it; 0 = the default.</summary>
    public int Shards { get; init; }

    public ulong Seed { get; init; }

    /// <summary>A new order of rows each epoch.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>The gradient is scaled down to this norm where it is longer; 0 = never.</summary>
    public double ClipNorm { get; init; }

    /// <summary>Elements of the gradient are cut to this absolute value; 0 = never.</summary>
    public double ClipValue { get; init; }

    /// <summary>Rows measured after each epoch, with the columns of the training rows; null = <see cref="ValidationSplit"/>.</summary>
    public LakeRows? Validation { get; init; }

    /// <summary>Share of the training rows held out for validation, by the rows' content.</summary>
    public double ValidationSplit { get; init; }

    /// <summary>Rows measured once, with the finished model; null = the validation rows.</summary>
    public LakeRows? Test { get; init; }

    public BadRowPolicy OnBadRow { get; init; } = BadRowPolicy.Fail;

    /// <summary>Columns that identify a row instead of its content.</summary>
    public IReadOnlyList<string> RowKey { get; init; } = [];

    /// <summary>Start from an earlier model's weights.</summary>
    public InitFrom? Init { get; init; }

    /// <summary>Features fitted by an earlier model, taken as they are.</summary>
    public FittedFeatures? Fitted { get; init; }

    /// <summary>A condition on the last measurement, such as <c>accuracy &gt;= 0.97</c>.</summary>
    public string? Gate { get; init; }

    /// <summary>Threads that compute, in each worker; 0 = all cores.</summary>
    public int Threads { get; init; }

    /// <summary>Worker processes; 0 = everything in this process.</summary>
    public int Workers { get; init; }

    /// <summary>Read the next step's rows while this one computes.</summary>
    public bool Prefetch { get; init; } = true;

    public CheckpointPolicy Checkpoints { get; init; } = new();

    /// <summary>Continue from the newest checkpoint in <see cref="Output"/>, if there is one.</summary>
    public bool Resume { get; init; }

    /// <summary>Called once the output folder is this run's own: what an older run left there is gone.</summary>
    public Action? Begun { get; init; }

    /// <summary>Put the optimizer's state into the model directory.</summary>
    public bool SaveOptimizerState { get; init; }

    /// <summary>Name for reports and messages.</summary>
    public string Name { get; init; } = "job";

    public string RunId { get; init; } = "run";

    /// <summary>Folder of the run; null = a new temporary folder.</summary>
    public string? Output { get; init; }

    public IFileStore Store { get; init; } = new LocalFileStore();

    /// <summary>Carries out the steps, such as a Spark application's; disposed after the training. Null: as <see cref="Workers"/> and <see cref="Threads"/> say.</summary>
    public IEngine? Engine { get; init; }

    /// <summary>Told what happens.</summary>
    public ITrainingProgress? Progress { get; init; }

    /// <summary>The effective configuration as YAML, kept beside the model.</summary>
    public string? ConfigurationText { get; init; }

    /// <summary>The effective configuration, for the manifest.</summary>
    public JsonObject? Configuration { get; init; }

    /// <summary>SHA-256 of what decides the model, of a job; for knowing a finished run again.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Encodes the rows, trains, measures, and writes model, metrics and report into <see cref="Output"/>.</summary>
    /// <exception cref="Data.DataException">Rows are missing, of another type, or cannot be encoded.</exception>
    /// <exception cref="Graphs.GraphException">The network does not fit its inputs.</exception>
    /// <exception cref="TrainingException">The plan cannot be carried out, or the loss is no longer a number.</exception>
    /// <exception cref="FileStoreException">The model is there already, or storage says no.</exception>
    public Task<FitResult> FitAsync(SelectedRows rows, CancellationToken cancellationToken = default) =>
        Task.Run(() => new FitRun(this, rows, cancellationToken).Run(), CancellationToken.None);
}
