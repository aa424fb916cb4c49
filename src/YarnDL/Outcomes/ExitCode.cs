namespace YarnDL.Outcomes;

/// <summary>Exit codes of every command; the list is closed and the numbers stay.</summary>
public enum ExitCode
{
    Done = 0,
    Bug = 1,
    Job = 2,
    Input = 3,
    BadRows = 4,
    ModelFile = 5,
    Resources = 6,
    GaveUp = 7,
    Storage = 8,
    Cancelled = 9,
    Gate = 20,
    Empty = 99,
    Interrupted = 143,
}
