using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;

namespace YarnDL.Training.Scoring;

/// <summary>A scoring whose rows are read, and whose predictions are written, by this process; who applies the model is up to the subclass.</summary>
internal abstract class WritingScoring(ScoringJob job) : IScoring
{
    private const long MostBytes = 8L << 20;

    private ITableWriter? _writer;

    public void Score(Action<ScoredPart> take)
    {
        ITableWriter writer = _writer = job.Lake.Write(job.Target, job.TargetSchema, job.Mode);
        Score(Parts(), part =>
        {
            take(part);
            if (part.Predictions is { } batch)
            {
                writer.Write(new ColumnBatch(job.TargetSchema, batch.Rows, batch.Columns));
            }
        });
    }

    public void Commit() => _writer!.Commit();

    public virtual void Dispose() => _writer?.Dispose();

    /// <summary>Applies the model to each part; results come in the order of the parts.</summary>
    protected abstract void Score(IEnumerable<ColumnBatch> parts, Action<ScoredPart> take);

    private IEnumerable<ColumnBatch> Parts()
    {
        foreach (ColumnBatch batch in job.Lake.Read(job.Source, job.Read))
        {
            foreach (ColumnBatch part in batch.Cut(job.Setup.BatchSize, MostBytes))
            {
                job.Cancel.ThrowIfCancellationRequested();
                yield return part;
            }
        }
    }
}
