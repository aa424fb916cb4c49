using YarnDL.Data.Files;
using YarnDL.Data.Rows;
using YarnDL.Spark.Bridge;
using YarnDL.Spark.Lakes;
using YarnDL.Training.Scoring;
using YarnDL.Training.Workers;

namespace YarnDL.Spark.Engines;

/// <summary>
/// A table scored where its rows are: the model goes once to each executor's worker, predictions go into files of a staging folder, one for each task that Spark took,
/// and from there into the target all at once.
/// </summary>
internal sealed class SparkScoring(BridgeClient bridge, IFileStore store, ScoringJob job, ModelBytes model) : IScoring
{
    private readonly List<string> _paths = [];

    private readonly string _staging = $"{(job.Target.Paths.Count > 0 ? Parent(job.Target.Paths[0]) : "/tmp")}/yarndl-rows-{Guid.NewGuid():n}.tmp";

    public void Score(Action<ScoredPart> take)
    {
        store.MakeFolders(_staging);
        SparkParts.Open(bridge, s => ScoringMessages.SendOpening(s, job.Setup, model));
        foreach (byte[] result in SparkParts.OfTable(bridge, BridgeOperation.ScoreTable, job.Source, job.Read, request => request.Text(_staging)))
        {
            (string path, _, List<byte[]> counts) = SparkParts.Staged(result, 0);
            _paths.Add(path);
            counts.ForEach(c => take(ScoringMessages.Counts(c)));
        }
    }

    public void Commit() => SparkParts.Ask(() => bridge.Ask(BridgeOperation.WriteScored, request =>
    {
        SparkLake.Put(_paths, request);
        SparkLake.Put(job.Target, request);
        ColumnBatchFormat.WriteSchema(job.TargetSchema.Fields, request);
        request.AppendInt32((int)job.Mode);
    }, static _ => 0));

    public void Dispose() => store.Delete(_staging);

    private static string Parent(string path)
    {
        string full = path.TrimEnd('/');
        int at = full.LastIndexOf('/');
        return at <= 0 ? "" : full[..at];
    }
}
