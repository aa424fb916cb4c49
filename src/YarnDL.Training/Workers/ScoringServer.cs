using YarnDL.Data.Features;
using YarnDL.Data.Rows;
using YarnDL.Tensors;
using YarnDL.Training.ModelDirectories;
using YarnDL.Training.Scoring;

namespace YarnDL.Training.Workers;

/// <summary>The worker's side of the scoring operations: one model, one copy of its weights.</summary>
internal sealed class ScoringServer(ComputePool pool, FeatureRegistry registry) : IDisposable
{
    private RowScorer? _scorer;

    public void Open(HeadReader r, Stream stream, long tailBytes)
    {
        Dispose();
        (ScoringSetup setup, ModelBytes files) = ScoringMessages.Opening(r, stream, tailBytes);
        var model = ModelDirectory.Open(files, ModelBytes.Folder);
        _scorer = new RowScorer(model, model.ReadFeatures(registry), setup, pool);
    }

    public HeadWriter Score(HeadReader r)
    {
        ColumnBatch batch = EncodingMessages.Rows(r);
        r.End();
        return ScoringMessages.ScoreDone((_scorer ?? throw new ProtocolException("[worker] no model is open")).Score(batch));
    }

    public void Dispose()
    {
        _scorer?.Dispose();
        _scorer = null;
    }
}
