using System.IO.Enumeration;

namespace YarnDL.Data.Sources;

/// <summary>
/// The files behind paths: a file itself; all files below a folder; the matches of a glob (<c>*</c>, <c>?</c> within a name, <c>**</c> for any folders).
/// As in Spark, names that begin with <c>.</c>, or with <c>_</c> and hold no <c>=</c>, are skipped, and what is below them.
/// </summary>
internal static class SourceFiles
{
    /// <summary>Full paths, ordinal order within each path; a file named twice is listed once.</summary>
    /// <exception cref="DataException">Missing (Input), or no file below (Empty).</exception>
    internal static IReadOnlyList<string> Find(string format, IReadOnlyList<string> paths, out bool partitioned)
    {
        if (paths.Count == 0)
        {
            throw new DataException(DataFault.Job, $"[{format}] no path is given; it needs at least one file, folder or glob; add it to paths");
        }

        List<string> files = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        partitioned = false;
        foreach (string path in paths)
        {
            List<string> found = [];
            string full = Path.GetFullPath(path);
            string root = full;
            if (File.Exists(full))
            {
                (root, found) = (Path.GetDirectoryName(full)!, [full]);
            }
            else if (Directory.Exists(full))
            {
                Walk(full, found);
            }
            else if (path.AsSpan().ContainsAny('*', '?'))
            {
                string[] parts = full.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
                int fixedParts = Array.FindIndex(parts, static p => p.AsSpan().ContainsAny('*', '?'));
                root = "/" + string.Join('/', parts[..fixedParts]);
                Match(root, parts.AsSpan(fixedParts), found);
            }
            else
            {
                throw new DataException(DataFault.Input, $"[{format}] {path} does not exist (as {full}); it must be a file, a folder or a glob; check the path");
            }

            if (found.Count == 0)
            {
                throw new DataException(DataFault.Empty, $"[{format}] {path} holds no file (names that begin with '_' or '.' are skipped); there must be at least one; check the path, or write the table first");
            }

            found.Sort(StringComparer.Ordinal);
            foreach (string file in found)
            {
                partitioned |= Path.GetDirectoryName(Path.GetRelativePath(root, file))!.Contains('=', StringComparison.Ordinal);
                if (seen.Add(file))
                {
                    files.Add(file);
                }
            }
        }

        return files;
    }

    /// <summary>The first files of a list, for messages.</summary>
    internal static string Tell(IReadOnlyList<string> files) => files.Count == 1 ? files[0] : $"{files[0]} and {files.Count - 1} more";

    private static void Walk(string folder, List<string> found)
    {
        foreach (string entry in Entries(folder, "*"))
        {
            if (Directory.Exists(entry))
            {
                Walk(entry, found);
            }
            else
            {
                found.Add(entry);
            }
        }
    }

    private static void Match(string folder, ReadOnlySpan<string> parts, List<string> found)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        if (parts[0] == "**")
        {
            ReadOnlySpan<string> rest = parts.Length > 1 ? parts[1..] : new string[] { "*" };
            Match(folder, rest, found);
            foreach (string entry in Entries(folder, "*"))
            {
                if (Directory.Exists(entry))
                {
                    Match(entry, parts, found);
                }
            }

            return;
        }

        foreach (string entry in Entries(folder, parts[0]))
        {
            if (parts.Length > 1)
            {
                Match(entry, parts[1..], found);
            }
            else if (Directory.Exists(entry))
            {
                Walk(entry, found);
            }
            else
            {
                found.Add(entry);
            }
        }
    }

    private static List<string> Entries(string folder, string pattern)
    {
        List<string> entries = [];
        try
        {
            foreach (string entry in Directory.EnumerateFileSystemEntries(folder))
            {
                string name = Path.GetFileName(entry);
                bool hidden = name[0] == '.' || (name[0] == '_' && !name.Contains('=', StringComparison.Ordinal));
                if ((!hidden || pattern[0] == name[0]) && FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false))
                {
                    entries.Add(entry);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException(DataFault.Input, $"[file] {folder} cannot be listed: {e.Message.ReplaceLineEndings(" ")}; its files must be readable; change the permissions", e);
        }

        return entries;
    }
}
