namespace YarnDL.Nn;

/// <summary>The loss at some weights; writes its gradient.</summary>
public delegate double LossAndGradient(ReadOnlySpan<double> weights, Span<double> gradient);
