namespace YarnDL.Graphs.Programs;

/// <summary>Time spent in one node over all runs of a program, with its floating point operations in the last compiled shape.</summary>
public sealed record NodeTime(string Node, string Operator, double Seconds, long Runs, double Flops);
