namespace YarnDL.Data.Tests.Golden;

/// <summary>Runs many reference files in one test and tells which ran, which are not yet covered and why, and which differ.</summary>
internal sealed class GoldenSuite(string name)
{
    private readonly List<string> _failures = [];
    private readonly List<string> _notYet = [];
    private int _run;

    internal void NotYet(string file, string reason) => _notYet.Add($"{file} ({reason})");

    /// <summary>Runs a check that returns what is wrong, or null.</summary>
    internal void Run(string file, Func<string?> check)
    {
        _run++;
        string? wrong;
        try
        {
            wrong = check();
        }
        catch (Exception e)
        {
            wrong = $"{e.GetType().Name}: {e.Message}";
        }

        if (wrong is not null)
        {
            _failures.Add($"{file}: {wrong}");
        }
    }

    /// <summary>Prints the counts; fails when a check failed or none ran.</summary>
    internal void End()
    {
        Console.WriteLine($"suite {name}: {_run} run, {_notYet.Count} not yet{(_notYet.Count > 0 ? ": " + string.Join("; ", _notYet) : "")}");
        Assert.True(_run > 0, "no reference file was found");
        Assert.True(_failures.Count == 0, $"{_failures.Count} of {_run}:\n" + string.Join("\n", _failures));
    }
}
