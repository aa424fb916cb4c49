using System.Text;
using YarnDL.Commands;

namespace YarnDL.Jobs;

/// <summary>Reads a job file with those that it includes: <c>include: base.yaml</c>, or a list of which later ones win. Maps are merged key by key; the including file wins.</summary>
internal static class JobIncludes
{
    private const int MostDeep = 8;

    private const string Key = "include";

    /// <param name="path">As the user wrote it.</param>
    /// <param name="included">Gets the files that were included, as they were found.</param>
    /// <exception cref="JobException">A file is missing, not readable, or includes itself.</exception>
    public static JobNode Read(string path, List<string> included) => Read(path, [], included);

    private static JobNode Read(string path, List<string> around, List<string> included)
    {
        JobNode node = JobText.Read(ReadText(path), path);
        if (node is not JobMap map || map.Entries.FirstOrDefault(e => e.Key == Key) is not { } include)
        {
            return node;
        }

        if (around.Contains(path) || around.Count >= MostDeep)
        {
            throw new JobException($"[job] {include.Place}: {(around.Contains(path) ? $"{path} includes itself" : $"includes are more than {MostDeep} deep")}; take one include away");
        }

        JobMap sum = new(map.Place, []);
        foreach (JobNode name in include.Value is JobList list ? list.Items : [include.Value])
        {
            string found = name is JobScalar { Text.Length: > 0 } text ? Find(path, text.Text)
                : throw new JobException($"[job] {name.Place}: include holds {name.Kind}; it must be the name of a file, or a list of names");
            included.Add(found);
            sum = Read(found, [.. around, path], included) is JobMap part ? Merge(sum, part)
                : throw new JobException($"[job] {name.Place}: {found} is no map of keys; an included file is one, as a job is");
        }

        return Merge(sum, map with { Entries = [.. map.Entries.Where(e => e.Key != Key)] });
    }

    /// <summary>Beside the including file; else as a job file is found, with its folder or by its bare name, as it is shipped to a cluster.</summary>
    private static string Find(string path, string name)
    {
        int slash = path.LastIndexOf('/');
        bool rooted = name.StartsWith('/') || name.Contains(":/", StringComparison.Ordinal);
        string[] places = rooted ? [name] : [.. slash < 0 ? Array.Empty<string>() : [path[..(slash + 1)] + name], name, name[(name.LastIndexOf('/') + 1)..]];
        return places.FirstOrDefault(Exists) ?? places[0];
    }

    private static bool Exists(string path)
    {
        try
        {
            _ = Place.JobFile(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static JobMap Merge(JobMap under, JobMap over) => over with
    {
        Entries =
        [
            .. under.Entries.Where(u => over.Entries.All(o => o.Key != u.Key)),
            .. over.Entries.Select(o => o.Value is JobMap mine && under.Find(o.Key) is JobMap theirs && IsOneKind(mine, theirs) ? o with { Value = Merge(theirs, mine) } : o),
        ],
    };

    /// <summary>An optimizer of another type takes no options of the one that it replaces.</summary>
    private static bool IsOneKind(JobMap a, JobMap b) => a.Find("type") is not JobScalar x || b.Find("type") is not JobScalar y || x.Text == y.Text;

    private static string ReadText(string path)
    {
        try
        {
            (long bytes, Func<Stream> open) = Place.JobFile(path);
            if (bytes > JobText.MaxBytes)
            {
                throw new JobException($"[job] {path} has {bytes} bytes; a job file has at most {JobText.MaxBytes}; is it the right file?");
            }

            using StreamReader reader = new(open(), new UTF8Encoding(false, true));
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw new JobException(e switch
            {
                _ when Directory.Exists(path) => $"[job] {path} is a folder; give the path of a YAML job file",
                FileNotFoundException or DirectoryNotFoundException => $"[job] {path} does not exist (current folder {Environment.CurrentDirectory}); give the path of a YAML job file",
                DecoderFallbackException => $"[job] {path} is not UTF-8 text; save it as UTF-8",
                _ => $"[job] {path} cannot be read: {e.Message}; give the path of a readable YAML job file",
            }, e);
        }
    }
}
