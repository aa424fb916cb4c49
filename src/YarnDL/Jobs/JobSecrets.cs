using System.Text.RegularExpressions;
using YarnDL.Commands;

namespace YarnDL.Jobs;

/// <summary>
/// <c>${secret:alias}</c> in a source's SQL and options: filled in from Hadoop's credential providers the moment the source is opened. The job, its printed form,
/// its fingerprint and the manifest keep the alias.
/// </summary>
internal static partial class JobSecrets
{
    private const int ShortestMasked = 4;

    private static readonly List<string> Known = [];

    /// <summary>A message without the values that were filled in: an engine may quote the query it did not like.</summary>
    public static string Mask(string message)
    {
        lock (Known)
        {
            return Known.Aggregate(message, static (text, value) => text.Replace(value, "***", StringComparison.Ordinal));
        }
    }

    /// <exception cref="JobException">There is no credential provider on one machine.</exception>
    /// <exception cref="Data.DataException">No provider holds the alias.</exception>
    public static string? Fill(string? text) => text is null || !text.Contains("${secret:", StringComparison.Ordinal) ? text
        : Secret().Replace(text, m => Remembered((Place.Spark
            ?? throw new JobException($"[secret] {m.Value} is kept by Hadoop's credential providers, which only a Spark application asks; on one machine give the value by --set"))
            .Secret(m.Groups[1].Value)));

    private static string Remembered(string value)
    {
        lock (Known)
        {
            if (value.Length >= ShortestMasked && !Known.Contains(value))
            {
                Known.Add(value);
                Known.Sort(static (a, b) => b.Length.CompareTo(a.Length));
            }
        }

        return value;
    }

    [GeneratedRegex(@"\$\{secret:([A-Za-z0-9._-]{1,200})\}")]
    private static partial Regex Secret();
}
