namespace YarnDL.Training;

/// <summary>Told what happens, on the thread of the trainer; must return soon.</summary>
public interface ITrainingProgress
{
    /// <summary>A stage of preparation began, such as "encoding rows".</summary>
    void Stage(string name);

    /// <summary>Rows handled in the current stage; total null when unknown.</summary>
    void Rows(long done, long? total);

    void Step(StepReport report);

    void Epoch(EpochReport report);

    /// <summary>Something a user should know: a worker died and its shards were redone, a corrupt checkpoint was skipped.</summary>
    void Notice(string message);
}
