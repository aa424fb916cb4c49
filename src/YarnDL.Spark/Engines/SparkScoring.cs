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
internal sealed class SparkScoring(BridgeClient bridge, ScoringJob job, ModelBytes model) : IScoring
{
    private readonly List<string> _paths = [];

    /// <summary>Keeps the staging folder: the JVM takes it away when it is given back, or when this process is gone.</summary>
    private readonly BridgeConnection _connection = bridge.Rent();

    private int _staging = -1;

    public void Score(Action<ScoredPart> take)
    {
        string folder = MakeFolder();
        SparkParts.Open(bridge, s => ScoringMessages.SendOpening(s, job.Setup, model));
        foreach (byte[] result in SparkParts.OfTable(bridge, BridgeOperation.ScoreTable, job.Source, job.Read, request => request.Text(folder)))
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

    public void Dispose()
    {
        try
        {
            SparkLake.Close(_connection, _staging);
        }
        finally
        {
            bridge.Return(_connection);
        }
    }

    private string MakeFolder()
    {
        _connection.Request.Text(job.Target.Paths.Count > 0 ? job.Target.Paths[0].TrimEnd('/') : "");
        (_staging, string folder) = SparkParts.Ask(() =>
        {
            ReadOnlySpan<byte> reply = _connection.Ask(BridgeOperation.StagingFolder);
            return (RequestFields.TakeInt32(ref reply), RequestFields.TakeText(ref reply));
        });
        return folder;
    }
}
