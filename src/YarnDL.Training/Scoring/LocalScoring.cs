using YarnDL.Data.Rows;

namespace YarnDL.Training.Scoring;

/// <summary>The model is applied in this process.</summary>
internal sealed class LocalScoring(ScoringJob job) : WritingScoring(job)
{
    private readonly RowScorer _scorer = job.NewScorer();

    public override void Dispose()
    {
        _scorer.Dispose();
        base.Dispose();
    }

    protected override void Score(IEnumerable<ColumnBatch> parts, Action<ScoredPart> take)
    {
        foreach (ColumnBatch part in parts)
        {
            take(_scorer.Score(part));
        }
    }
}
