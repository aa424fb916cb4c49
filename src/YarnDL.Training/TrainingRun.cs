using System.Text.Json.Nodes;
using YarnDL.Data.Encoding;
using YarnDL.Data.Files;
using YarnDL.Training.Engines;
using YarnDL.Training.Steps;

namespace YarnDL.Training;

/// <summary>Where and how a plan is carried out: nothing here changes a bit of the model, but the blocks and the weights it starts from.</summary>
public sealed record TrainingRun
{
    public required IFileStore Store { get; init; }

    /// <summary>Folder of the training rows' block files; null: <see cref="Rows"/> says them.</summary>
    public string? TrainBlocks { get; init; }

    /// <summary>Folder of the held-out rows' block files; null = no evaluation, unless <see cref="HeldOutRows"/> says them.</summary>
    public string? HeldOutBlocks { get; init; }

    /// <summary>Library only: training rows with their batches, such as <see cref="ExplicitRows"/>. The caller disposes them.</summary>
    public IRowSource? Rows { get; init; }

    /// <summary>Library only: held-out rows.</summary>
    public IRowSource? HeldOutRows { get; init; }

    /// <summary>Folder of this run: <c>metrics.jsonl</c>, <c>checkpoints/</c>, and the model unless <see cref="ModelPath"/> says otherwise.</summary>
    public required string Output { get; init; }

    /// <summary>Where the model is published; null: <c>model</c> in <see cref="Output"/>. A rejected model gets this name with <c>.rejected</c>.</summary>
    public string? ModelPath { get; init; }

    /// <summary>False: a model that is there is an error. True: the path is a folder of versions, and the new one becomes current.</summary>
    public bool ReplaceModel { get; init; }

    /// <summary>Carries out the steps; null: a <see cref="LocalEngine"/> with all cores. The caller disposes it.</summary>
    public IEngine? Engine { get; init; }

    public CheckpointPolicy Checkpoints { get; init; } = new();

    /// <summary>Which steps get a line in <c>metrics.jsonl</c>; null: all.</summary>
    public Nn.Trigger? SummaryWhen { get; init; }

    /// <summary>Continue from the newest valid checkpoint in <see cref="Output"/>, if there is one.</summary>
    public bool Resume { get; init; } = true;

    /// <summary>Resume although the checkpoint was written by another kernel set: the bits will differ from an uninterrupted run.</summary>
    public bool AllowOtherKernelSet { get; init; }

    /// <summary>Names this run in frames, manifests and messages.</summary>
    public string RunId { get; init; } = "run";

    /// <summary>What the encoding counted; goes into checkpoints and the manifest.</summary>
    public RowLedger? Ledger { get; init; }

    /// <summary>Content of <c>features.json</c>: the features with their fitted state, or empty.</summary>
    public ReadOnlyMemory<byte> Features { get; init; }

    /// <summary>A condition the last evaluation must meet, such as <c>accuracy &gt;= 0.97</c>; names are those of <see cref="EpochReport.Values"/>, a held-out value may be written without <c>val_</c>.</summary>
    public string? Gate { get; init; }

    public InitFrom? Init { get; init; }

    /// <summary>Put the optimizer's state into the model directory, so that a later run can start from it.</summary>
    public bool SaveOptimizerState { get; init; }

    /// <summary>Effective configuration for the manifest and the card, secrets masked.</summary>
    public JsonObject? Configuration { get; init; }
}
