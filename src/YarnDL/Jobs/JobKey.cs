namespace YarnDL.Jobs;

/// <summary>One key of the job file: the row of the table from which checks and documentation come.</summary>
/// <param name="Name">As written.</param>
/// <param name="Shape">What it must hold.</param>
/// <param name="Doc">One sentence for users.</param>
/// <param name="Default">YAML of the default; null when there is none.</param>
/// <param name="Required">Whether a job without it is refused.</param>
internal sealed record JobKey(string Name, JobShape Shape, string Doc, string? Default = null, bool Required = false);
