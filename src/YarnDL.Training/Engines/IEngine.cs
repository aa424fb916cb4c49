using YarnDL.Data.Encoding;
using YarnDL.Graphs.Programs;
using YarnDL.Tensors;
using YarnDL.Training.Scoring;
using YarnDL.Training.Steps;

namespace YarnDL.Training.Engines;

/// <summary>Decides where shards run, and nothing else: every engine gives the same bits. One caller at a time; opened anew for each run.</summary>
public interface IEngine : IDisposable
{
    /// <summary>As users read it: "local, 2 threads".</summary>
    string Description { get; }

    /// <summary>Threads of this process, for the update.</summary>
    ComputePool Pool { get; }

    /// <summary>True when rows are read in this process, and may be read before they are needed.</summary>
    bool ReadsAhead => false;

    /// <summary>Where the rows of a job are encoded, for <see cref="EncodeJob.Stages"/>; null = in this process. Needs no run.</summary>
    Func<EncodeJob, string, IEncodingStages>? Encoding(ITrainingProgress progress) => null;

    /// <summary>Where a table is scored; null = in this process. Needs no run.</summary>
    internal IScoring? Scoring(ScoringJob job, Func<ModelBytes> model, ITrainingProgress progress) => null;

    /// <summary>Gets ready for a run; an earlier one is closed.</summary>
    /// <exception cref="TrainingException">Workers did not come in time.</exception>
    void Open(EngineSession session);

    /// <summary>Denominators of a step that no earlier step carries: of all phases, one after the other.</summary>
    IReadOnlyList<float> Begin(StepPosition position);

    /// <summary>Computes a phase of a step with these weights, which are those of the order's version. The answer holds until the next call.</summary>
    StepSums Step(StepOrder order, Tensor parameters, Tensor buffers);

    /// <summary>Measures the held-out rows (or the training rows) with these weights.</summary>
    Measures Evaluate(long version, int phase, bool heldOut, Tensor parameters, Tensor buffers);

    /// <summary>Where the time of the steps went, by node of the training graph; empty where the engine does not tell. Asked before <see cref="Close"/>.</summary>
    IReadOnlyList<NodeTime> NodeTimes() => [];

    /// <summary>Ends the run; the engine may be opened again.</summary>
    void Close();
}
