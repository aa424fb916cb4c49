using System.Globalization;

namespace YarnDL.Jobs;

/// <summary>Applies <c>--set a.b=c</c> to a job before it is checked. A number in the path picks from a list; the value is YAML.</summary>
internal static class JobSettings
{
    /// <exception cref="JobException">The setting is not of the form path=value, or its path crosses a value that is no map.</exception>
    public static JobMap Apply(JobMap job, IEnumerable<string> settings)
    {
        foreach (string setting in settings)
        {
            int eq = setting.IndexOf('=', StringComparison.Ordinal);
            if (eq <= 0)
            {
                throw new JobException($"[arguments] --set {setting}: no '=' after a key; write --set train.epochs=3");
            }

            string path = setting[..eq].Trim();
            JobPlace place = new($"--set {path}");
            JobNode value = setting[(eq + 1)..].Trim() is { Length: > 0 } text ? JobText.Read(text, place.Source, fixedPlace: true) : new JobScalar(place, "", true);
            job = (JobMap)Replace(job, path.Split('.'), 0, value, place);
        }

        return job;
    }

    private static JobNode Replace(JobNode? node, string[] path, int depth, JobNode value, JobPlace place)
    {
        if (depth == path.Length)
        {
            return value;
        }

        if (path.Length > JobText.MaxDepth || path[depth].Length == 0)
        {
            throw new JobException($"[arguments] {place}: an empty or too long path; write names joined by dots, such as train.epochs");
        }

        if (node is JobList list)
        {
            if (!int.TryParse(path[depth], NumberStyles.None, CultureInfo.InvariantCulture, out int index) || index >= list.Items.Count)
            {
                throw new JobException($"[arguments] {place}: '{path[depth]}' picks from a list of {list.Items.Count}; use a number from 0 to {list.Items.Count - 1}, or set the whole list");
            }

            JobNode[] items = [.. list.Items];
            items[index] = Replace(items[index], path, depth + 1, value, place);
            return list with { Items = items };
        }

        JobMap map = node switch
        {
            JobMap m => m,
            null => new JobMap(place, []),
            // A short form such as "optimizer: adam" or "validation: file.parquet" grows into its map; the schema knows the key it stands for.
            JobScalar { IsNull: true } => new JobMap(place, []),
            JobScalar s => new JobMap(s.Place, [new JobEntry(JobShape.ShortKey, s.Place, s)]),
            _ => throw new InvalidOperationException(node.GetType().Name),
        };
        List<JobEntry> entries = [.. map.Entries];
        int at = entries.FindIndex(e => e.Key == path[depth]);
        JobEntry entry = new(path[depth], place, Replace(at < 0 ? null : entries[at].Value, path, depth + 1, value, place));
        if (at < 0)
        {
            entries.Add(entry);
        }
        else
        {
            entries[at] = entry;
        }

        return map with { Entries = entries };
    }
}
