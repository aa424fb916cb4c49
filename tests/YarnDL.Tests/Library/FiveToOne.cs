using YarnDL.Training;

namespace YarnDL.Tests.Library;

/// <summary>The judge learns five times before the maker does, and its weights stay small.</summary>
public sealed class FiveToOne : StepFunction
{
    public override string Name => "five to one";

    public override void Run(IStepContext context)
    {
        for (int i = 0; i < 5; i++)
        {
            context.Compute(0);
            context.Update(0);
            foreach (ref float w in context.Weights("judge.0.weight"))
            {
                w = Math.Clamp(w, -0.1f, 0.1f);
            }
        }

        context.Compute(1);
        context.Update(1);
    }
}
