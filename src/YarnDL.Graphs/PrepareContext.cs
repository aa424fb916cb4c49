using YarnDL.Tensors;

namespace YarnDL.Graphs;

/// <summary>Concrete shapes of a node in a compiled program. Rows is the capacity; a run may use fewer (see <see cref="RunContext.Rows"/>).</summary>
public sealed class PrepareContext(Node node, Shape[] inputs, Shape[] outputs, long rows, int threads)
{
    public Node Node => node;

    public Attributes Attributes => node.Attributes;

    /// <summary>Shape of input i; rank 0 when the input is missing.</summary>
    public Shape Input(int i) => inputs[i];

    public Shape Output(int i) => outputs[i];

    public long Rows => rows;

    public int Threads => threads;

    public double OutputElements => outputs.Sum(s => (double)s.ElementCount);
}
