namespace YarnDL.Nn;

/// <summary>What an optimizer must see to update a slice of the parameter vector.</summary>
public enum OptimizerKind
{
    /// <summary>Only the slice itself.</summary>
    Elementwise,

    /// <summary>Norms over whole tensors first: a <see cref="NormOptimizer"/>.</summary>
    NeedsNorms,

    /// <summary>Whole tensors with their shapes (Adafactor): <see cref="Optimizer.UpdateTensor"/>.</summary>
    NeedsTensors,

    /// <summary>More losses and gradients at other points (LBFGS).</summary>
    NeedsReevaluation,
}
