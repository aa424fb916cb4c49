using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>Axes and places that a layer was given, checked against its input when the network is built.</summary>
internal static class Axis
{
    /// <summary>The axis counted from 0 and its extent.</summary>
    /// <exception cref="GraphException">It is none of the input's, or that of the rows.</exception>
    public static (int At, long Extent) Of(ModuleScope scope, Value x, int axis)
    {
        int at = axis < 0 ? axis + x.Shape.Rank : axis;
        return at >= 1 && at < x.Shape.Rank ? (at, x.Shape[at].Factor)
            : throw scope.Error($"axis {axis} of {x.Shape}", "it must be an axis of the input behind the rows, counted from 1 or, from the last, -1");
    }

    /// <summary>The place as given; negative ones count from the last.</summary>
    /// <exception cref="GraphException">It is not on the axis.</exception>
    public static long Place(ModuleScope scope, long place, int axis, long extent) => place >= -extent && place < extent ? place
        : throw scope.Error($"place {place} of axis {axis}, which has {extent}", $"it must be {-extent} to {extent - 1}");
}
