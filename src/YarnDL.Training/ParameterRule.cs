using YarnDL.Nn;

namespace YarnDL.Training;

/// <summary>How parameters are trained whose names match; of several rules that match the first holds, and without one the phase's optimizer.</summary>
/// <param name="Pattern">A parameter's name or the name of a module, <c>*</c> for any characters: <c>encoder</c>, <c>*.bias</c>, <c>layers.0.weight</c>.</param>
/// <param name="Optimizer">Null: the phase's.</param>
/// <param name="Schedule">Null: the phase's.</param>
/// <param name="Rate">The learning rate is multiplied by it.</param>
/// <param name="Frozen">They are not trained.</param>
public sealed record ParameterRule(string Pattern, Optimizer? Optimizer = null, Schedule? Schedule = null, double Rate = 1, bool Frozen = false);
