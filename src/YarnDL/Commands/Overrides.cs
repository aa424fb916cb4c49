using System.Globalization;

namespace YarnDL.Commands;

/// <summary>Options that are short for a key of the job, as settings; they come last and win.</summary>
internal static class Overrides
{
    public static IReadOnlyList<string> Of(IReadOnlyList<string> set, int? workers, int? threads)
    {
        List<string> all = [.. set];
        if (workers is { } w)
        {
            all.Add(string.Create(CultureInfo.InvariantCulture, $"train.workers={w}"));
        }

        if (threads is { } t)
        {
            all.Add(string.Create(CultureInfo.InvariantCulture, $"train.threads={t}"));
        }

        return all;
    }
}
