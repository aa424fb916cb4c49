namespace YarnDL.Graphs;

/// <summary>
/// One row of the operator table, and the one place that must know an operator. An operator is correct with its file and its line in
/// <see cref="OperatorTable"/>; passes and accelerators may make it faster, never different.
/// </summary>
public abstract class Operator
{
    /// <summary>ONNX name, or the name in domain <c>yarndl</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Empty for ONNX's own operators, else <c>yarndl</c> or the user's.</summary>
    public virtual string Domain => "";

    /// <summary>First ONNX operator set with these semantics.</summary>
    public virtual int Since => 13;

    /// <summary>One sentence with shapes and formula, for the generated docs.</summary>
    public abstract string Doc { get; }

    /// <summary>Attributes with their defaults; a null default means required, <see cref="AttributeSpec.Optional"/> none.</summary>
    public virtual IReadOnlyList<AttributeSpec> AttributeSpecs => [];

    /// <summary>What the operator does along the row axis, as its documentation says it.</summary>
    public virtual RowBehaviour Rows => RowBehaviour.PerRow;

    /// <summary>What this node does along the row axis; it may depend on attributes and shapes, as with a sum over chosen axes.</summary>
    public virtual RowBehaviour RowsOf(Node node) => Rows;

    /// <summary>Element types, output by output, of the results; throws <see cref="GraphException"/> when the inputs do not fit.</summary>
    public abstract ResultType[] Infer(InferContext c);

    /// <summary>Appends nodes that compute the gradients of the inputs (null = no gradient). Default: forward only, said by name.</summary>
    public virtual Value?[] Gradient(GradientContext c) =>
        throw new GraphException($"[{Name}] is forward only: it has no gradient");

    /// <summary>True when no gradient flows to input <paramref name="input"/> whatever happens (indices, shapes, masks).</summary>
    public virtual bool IsConstantInput(int input) => false;

    /// <summary>Output that may share the memory of an input, as (input, output); -1 for none.</summary>
    public virtual (int Input, int Output) InPlace => (-1, -1);

    /// <summary>True when output 0 holds the very bytes of input 0 under another shape; a program then shares the memory and skips the node.</summary>
    public virtual bool IsView => false;

    /// <summary>False when <see cref="Run"/> never looks at the content of the input: its shape, or what is known before the run, is enough.</summary>
    public virtual bool ReadsInput(Node node, int input) => true;

    /// <summary>True when inputs may have an extent that only the run knows; the operator then finds it out by itself.</summary>
    public virtual bool TakesBounds => false;

    /// <summary>Work that depends on shapes and attributes only, done once per compiled program; handed to <see cref="Run"/> as <see cref="RunContext.State"/>.</summary>
    public virtual object? Prepare(PrepareContext c) => null;

    /// <summary>Bytes of scratch memory that <see cref="Run"/> needs.</summary>
    public virtual long ScratchBytes(PrepareContext c) => 0;

    /// <summary>Computes the outputs. No allocation; same bits for any number of threads and vector width.</summary>
    public abstract void Run(in RunContext c);

    /// <summary>Floating point operations of one run.</summary>
    public virtual double Flops(PrepareContext c) => c.OutputElements;

    /// <summary>
    /// True when the operator draws random numbers. They are keyed by the run and by the attribute stream, so two nodes of one stream draw the
    /// same; where stream is -1 nothing is drawn, and the training form of a graph gives the node a number of its own.
    /// </summary>
    public virtual bool UsesRandomness => false;

    /// <summary>
    /// Null, or the nodes that a program runs instead of this one (see <see cref="Ops.Families.CompositeOperator"/>). It depends on types,
    /// shapes and attributes only, and gives every output the operator has.
    /// </summary>
    public virtual Value[]? Expand(GraphBuilder g, IReadOnlyList<Value?> inputs, Attributes attributes) => null;

    /// <summary>
    /// ONNX nodes with the same meaning, for export. Null: an operator of ONNX is written as it is; export of one of domain <c>yarndl</c> is
    /// refused by name.
    /// </summary>
    public virtual Value[]? Decompose(GraphBuilder g, Node node) => null;

    /// <summary>Small cases from which the generated tests are made.</summary>
    public virtual IReadOnlyList<OperatorSample> Samples => [];

    /// <summary>Relative and absolute tolerance against the double precision reference.</summary>
    public virtual (double Relative, double Absolute) Tolerance => (1e-5, 1e-6);
}
