namespace YarnDL.Training;

/// <summary>Start from an earlier model's weights, by parameter name, and its buffers; optionally with its optimizer state.</summary>
/// <param name="ModelPath">A model directory.</param>
/// <param name="OptimizerState">Take the state vectors too; the directory must hold them (<see cref="TrainingRun.SaveOptimizerState"/>).</param>
public sealed record InitFrom(string ModelPath, bool OptimizerState = false);
