namespace YarnDL.Training;

/// <summary>A step as a <see cref="StepFunction"/> sees it. Phases are meant by their number in the plan, from 0.</summary>
public interface IStepContext
{
    /// <summary>Steps done before this one.</summary>
    long Step { get; }

    /// <summary>Number of phases.</summary>
    int Phases { get; }

    /// <summary>Computes loss and gradient of a phase on the rows of this step, with the weights as they are now. Its metrics count once for each call.</summary>
    /// <returns>The weighted loss.</returns>
    double Compute(int phase);

    /// <summary>The gradient of a parameter that <see cref="Compute"/> left, to read or change. Empty when it is not trained in the phase, or comes as rows of a table.</summary>
    Span<float> Gradient(int phase, string parameter);

    /// <summary>Updates the phase's parameters by their optimizers with the gradient that <see cref="Compute"/> left.</summary>
    void Update(int phase);

    /// <summary>A parameter, to read or change.</summary>
    /// <exception cref="TrainingException">There is no such parameter.</exception>
    Span<float> Weights(string parameter);

    /// <summary>Numbers of the step function's own that are kept in checkpoints; zeros at first.</summary>
    double[] Keep(string name, int count);
}
