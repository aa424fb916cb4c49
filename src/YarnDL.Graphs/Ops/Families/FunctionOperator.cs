using YarnDL.Tensors;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>A function of one float32 input, element by element.</summary>
public abstract unsafe class FunctionOperator<TFunction> : Operator
    where TFunction : struct, IUnaryOperator<TFunction>
{
    public override (int Input, int Output) InPlace => (0, 0);

    public override ResultType[] Infer(InferContext c)
    {
        c.ExpectInputs(1);
        c.Expect(0, DType.Float32);
        return [new(DType.Float32, c.Shape(0))];
    }

    public override void Run(in RunContext c) => Elementwise.Unary<TFunction>(c.Pool, c.Outputs[0].Count, c.Inputs[0].F32, c.Outputs[0].F32);
}
