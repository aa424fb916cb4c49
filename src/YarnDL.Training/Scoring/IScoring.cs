namespace YarnDL.Training.Scoring;

/// <summary>Where a table is scored and its predictions are written: all or nothing.</summary>
internal interface IScoring : IDisposable
{
    /// <summary>Scores all rows; the predictions are kept aside until <see cref="Commit"/>.</summary>
    /// <param name="take">Told what parts became, on the calling thread; may throw to stop.</param>
    void Score(Action<ScoredPart> take);

    /// <summary>Makes the predictions visible.</summary>
    void Commit();
}
