using System.CommandLine;
using YarnDL.Jobs;

namespace YarnDL.Commands;

/// <summary>Options that several commands have, made anew for each.</summary>
internal static class CommonOptions
{
    public static Argument<string> Job() => new("job") { Description = "The job file (YAML); yarndl job-file lists its keys." };

    public static Option<string[]> Set() => new("--set")
    {
        Description = "Change a key of the job before it is checked: --set train.epochs=3. May be given again.",
        HelpName = "key=value",
        AllowMultipleArgumentsPerToken = false,
        DefaultValueFactory = _ => [],
    };

    public static Option<int?> Workers() => Bounded("--workers", "Worker processes; 0 works in this process. Same bits either way.", 0, 1024);

    public static Option<int?> Threads() => Bounded("--threads", "Threads that compute, in each worker; 0 uses all cores. Same bits either way.", 0, 4096);

    public static Option<string?> RunId()
    {
        Option<string?> o = new("--run-id") { Description = "Name of this run: the output goes into a folder of this name under the job's output.", HelpName = "name" };
        o.Validators.Add(r =>
        {
            if (r.Tokens.Count == 1 && !(r.Tokens[0].Value is { Length: > 0 and <= 100 } v && v.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && v[0] != '.'))
            {
                r.AddError($"--run-id {r.Tokens[0].Value}: a run id has letters, digits, '-', '_' and '.', at most 100, and does not begin with '.'");
            }
        });
        return o;
    }

    public static Option<string?> Columns() => new("--columns")
    {
        Description = "Names and types of the columns of --input, which CSV and JSON need: --columns \"id: bigint, age: double\".",
        HelpName = "types",
    };

    /// <summary>The declaration as a job file would hold it; null when none is given.</summary>
    public static JobMap? Columns(string? text) => text is null ? null
        : JobText.Read($"{{{text}}}", "--columns", fixedPlace: true) is JobMap map && map.Entries.All(e => e.Value is JobScalar { IsNull: false }) ? map : throw new JobException($"[arguments] --columns {text}: write names with their types, such as --columns \"id: bigint, age: double\"");

    public static Option<bool> Verbose() => new("--verbose") { Description = "On a failure, print where it happened too.", Recursive = true };

    private static Option<int?> Bounded(string name, string description, int min, int max)
    {
        Option<int?> o = new(name) { Description = description, HelpName = "n" };
        o.Validators.Add(r =>
        {
            if (r.Tokens.Count == 1 && !(int.TryParse(r.Tokens[0].Value, out int n) && n >= min && n <= max))
            {
                r.AddError($"{name} {r.Tokens[0].Value}: it must be a whole number from {min} to {max}");
            }
        });
        return o;
    }
}
