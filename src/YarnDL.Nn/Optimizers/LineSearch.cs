namespace YarnDL.Nn;

/// <summary>Where a line search ended: loss, gradient, step length, and how often the loss was evaluated.</summary>
internal readonly record struct LineSearch(double Loss, double[] Gradient, double Length, int Evaluations);
