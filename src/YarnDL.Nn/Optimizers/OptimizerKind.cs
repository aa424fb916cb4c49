namespace YarnDL.Nn;

/// <summary>What an optimizer must see to update a slice of the parameter vector.</summary>
public enum OptimizerKind
{
    /// <summary>Only the slice itself.</summary>
    Elementwise,

    /// <summary>Norms over whole tensors or the whole vector first.</summary>
    NeedsNorms,

    /// <summary>More losses and gradients at other points (LBFGS).</summary>
    NeedsReevaluation,
}
