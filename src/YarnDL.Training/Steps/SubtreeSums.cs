using YarnDL.Nn;
using YarnDL.Tensors;

namespace YarnDL.Training.Steps;

/// <summary>What the rows of one subtree add to a phase of a step: sums along the tree below that node.</summary>
public sealed class SubtreeSums : IDisposable
{
    public SubtreeSums(Subtree subtree, StepPlan plan, int phase)
    {
        Phase p = plan.Phases[phase];
        Subtree = subtree;
        Gradient = new Tensor(DType.Float32, new Shape(p.GradientCount));
        Tables = [.. p.Tables.Select(t => new RowSums(t.Entries, t.Width))];
        Buffers = new Tensor(DType.Float32, new Shape(p.Buffers.Count > 0 ? plan.BufferCount : 0));
        Numerators = new float[p.Losses.Count];
        NextDenominators = new float[plan.Losses];
        Metrics = new MetricValue[p.Metrics.Count];
    }

    public Subtree Subtree { get; }

    /// <summary>Rows of the step; nodes without rows take no part in the sums.</summary>
    public int Rows { get; set; }

    /// <summary>Shards with rows.</summary>
    public int Shards { get; set; }

    /// <summary>The phase's dense gradients, one after the other (<see cref="Phase.Gradients"/>).</summary>
    public Tensor Gradient { get; }

    /// <summary>The phase's row gradients (<see cref="Phase.Tables"/>).</summary>
    public RowSums[] Tables { get; }

    /// <summary>The flat buffer vector, summed over the shards with rows; empty when the phase updates no buffers.</summary>
    public Tensor Buffers { get; }

    public float[] Numerators { get; }

    public MetricValue[] Metrics { get; }

    /// <summary>Rows of the following step.</summary>
    public int NextRows { get; set; }

    /// <summary>Denominators of the following step: of all phases, one after the other.</summary>
    public float[] NextDenominators { get; }

    public void Dispose()
    {
        Gradient.Dispose();
        Array.ForEach(Tables, t => t.Dispose());
        Buffers.Dispose();
    }
}
