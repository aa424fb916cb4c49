namespace YarnDL.Training;

/// <summary>How a training ended, when it ended in order.</summary>
public enum TrainingOutcome
{
    /// <summary>The model is published. Exit code 0.</summary>
    Trained,

    /// <summary>The model of this very run was there already; nothing was done. Exit code 0.</summary>
    AlreadyDone,

    /// <summary>Cancelled; a checkpoint is left. Exit code 9.</summary>
    Cancelled,

    /// <summary>The gate was not met: the model lies under its rejected name, nothing is published. Exit code 20.</summary>
    Rejected,
}
