using YarnDL.Outcomes;

namespace YarnDL.Commands;

/// <summary>The work of <c>yarndl doctor</c>.</summary>
internal static class DoctorRun
{
    public static Outcome Run(CommandSession session) => throw new NotImplementedException();
}
