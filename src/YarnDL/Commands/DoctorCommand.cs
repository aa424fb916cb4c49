using System.CommandLine;

namespace YarnDL.Commands;

/// <summary><c>yarndl doctor</c>.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        Command c = new("doctor", "Check what YarnDL needs on this machine; each line says ok, or !! with the remedy.");
        c.SetAction(p => Execution.Of(c, p, DoctorRun.Run));
        return c.WithExamples("yarndl doctor");
    }
}
