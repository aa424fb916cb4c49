namespace YarnDL;

/// <summary>The door: the yarndl command line, for our own executable and for users' executables that bring their own code.</summary>
public static class YarnDlHost
{
    /// <summary>Runs a command and returns its exit code.</summary>
    public static int Run(string[] args) => throw new NotImplementedException();
}
