namespace YarnDL.Nn;

/// <summary>What <see cref="Lbfgs"/> carries from step to step: all of it must be kept to resume.</summary>
public sealed class LbfgsState
{
    /// <summary>Iterations so far.</summary>
    public long Iterations { get; set; }

    /// <summary>The last direction, empty before the first.</summary>
    public double[] Direction { get; set; } = [];

    /// <summary>The last step length.</summary>
    public double Length { get; set; }

    /// <summary>The gradient before the last step.</summary>
    public double[] Gradient { get; set; } = [];

    /// <summary>Scale of the first estimate of the inverse Hessian.</summary>
    public double Diagonal { get; set; } = 1;

    /// <summary>Differences of gradients, oldest first.</summary>
    public List<double[]> GradientChanges { get; } = [];

    /// <summary>Steps, oldest first.</summary>
    public List<double[]> Steps { get; } = [];
}
