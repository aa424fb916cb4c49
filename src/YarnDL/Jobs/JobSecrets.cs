using System.Text.RegularExpressions;
using YarnDL.Commands;

namespace YarnDL.Jobs;

/// <summary>
/// <c>${secret:alias}</c> in a source's SQL and options: filled in from Hadoop's credential providers the moment the source is opened. The job, its printed form,
/// its fingerprint and the manifest keep the alias.
/// </summary>
internal static partial class JobSecrets
{
    /// <exception cref="JobException">There is no credential provider on one machine.</exception>
    /// <exception cref="Data.DataException">No provider holds the alias.</exception>
    public static string? Fill(string? text) => text is null || !text.Contains("${secret:", StringComparison.Ordinal) ? text
        : Secret().Replace(text, m => (Place.Spark
            ?? throw new JobException($"[secret] {m.Value} is kept by Hadoop's credential providers, which only a Spark application asks; on one machine give the value by --set"))
            .Secret(m.Groups[1].Value));

    [GeneratedRegex(@"\$\{secret:([A-Za-z0-9._-]{1,200})\}")]
    private static partial Regex Secret();
}
