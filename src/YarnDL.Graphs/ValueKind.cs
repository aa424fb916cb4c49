namespace YarnDL.Graphs;

/// <summary>Where a value comes from.</summary>
public enum ValueKind
{
    /// <summary>Given at every run: features, labels, denominators.</summary>
    Input,

    /// <summary>Trained; a named view of the flat parameter vector.</summary>
    Parameter,

    /// <summary>State that is not trained, such as running statistics; a named view of the flat buffer vector.</summary>
    Buffer,

    /// <summary>Fixed tensor stored in the graph.</summary>
    Constant,

    /// <summary>Output of a node.</summary>
    Node,
}
