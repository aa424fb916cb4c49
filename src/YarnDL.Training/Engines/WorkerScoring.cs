using YarnDL.Data.Rows;
using YarnDL.Training.Scoring;
using YarnDL.Training.Workers;

namespace YarnDL.Training.Engines;

/// <summary>The model is applied in worker processes, shipped once to each; what a lost worker had under way goes to another.</summary>
internal sealed class WorkerScoring(ScoringJob job, ModelBytes model, WorkerProcesses workers, ITrainingProgress progress) : WritingScoring(job)
{
    private readonly PartDealer _dealer = new(workers, progress, "rows are");
    private readonly ScoringJob _job = job;
    private RowScorer? _here;

    public override void Dispose()
    {
        _dealer.Dispose();
        _here?.Dispose();
        base.Dispose();
    }

    protected override void Score(IEnumerable<ColumnBatch> parts, Action<ScoredPart> take) => _dealer.InOrder(parts, batch => _dealer.Submit(
        link =>
        {
            link.OpenModel(_job.Setup, model);
            return ScoringMessages.Scored(link.Ask(Operation.Score, EncodingMessages.Rows(new HeadWriter(), batch), Operation.ScoreDone));
        },
        () => (_here ??= _job.NewScorer()).Score(batch)), take);
}
