namespace YarnDL.Training;

/// <summary>One finished step. Epoch and step count from 0; rate in rows per second.</summary>
public sealed record StepReport(int Epoch, long StepOfEpoch, long StepsPerEpoch, long Step, long TotalSteps, double Loss, double LearningRate, int Rows, double Seconds);
