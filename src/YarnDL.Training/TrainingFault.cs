namespace YarnDL.Training;

/// <summary>Why a training ended without a model.</summary>
public enum TrainingFault
{
    /// <summary>The plan asks for what cannot be. Exit code 2.</summary>
    Job,

    /// <summary>Failures did not end, or the loss is no longer a number. Exit code 7.</summary>
    GaveUp,

    /// <summary>Workers did not come in time. Exit code 6.</summary>
    Resources,
}
