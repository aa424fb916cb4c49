using YarnDL.Tensors;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>A float32 function of two broadcast inputs, element by element.</summary>
public abstract unsafe class PairOperator<TPair> : Operator
    where TPair : struct, IBinaryOperator<TPair>
{
    public override (int Input, int Output) InPlace => (0, 0);

    public override ResultType[] Infer(InferContext c)
    {
        c.ExpectInputs(2);
        c.Expect(0, DType.Float32);
        c.Expect(1, DType.Float32);
        return [new(DType.Float32, BroadcastRule.Join(c, c.Shape(0), c.Shape(1)))];
    }

    public override void Run(in RunContext c)
    {
        TensorView a = c.Inputs[0];
        TensorView b = c.Inputs[1];
        Elementwise.Binary<TPair>(c.Pool, a.Shape, a.F32, b.Shape, b.F32, c.Outputs[0].F32);
    }
}
