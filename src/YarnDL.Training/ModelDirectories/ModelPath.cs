using System.Globalization;
using System.Text;
using YarnDL.Data.Files;
using YarnDL.ModelFiles;
using YarnDL.Training.Storage;

namespace YarnDL.Training.ModelDirectories;

/// <summary>A path is a model directory itself, or a folder of versions v000001, v000002, ... in which the small file CURRENT names one.</summary>
internal static class ModelPath
{
    public const string Current = "CURRENT";

    /// <summary>The folder that holds the files; null when nothing is there.</summary>
    /// <exception cref="ModelFileException">CURRENT names no version.</exception>
    public static string? Resolve(IFileStore store, string path)
    {
        string pointer = $"{path}/{Current}";
        if (store.Stat(pointer) is { Bytes: > 0 and < 64 })
        {
            string name = Encoding.UTF8.GetString(CheckedFiles.ReadAll(store, pointer)).Trim();
            return VersionOf(name) > 0 && store.Stat($"{path}/{name}/{ModelFormat.Manifest}") is not null ? $"{path}/{name}"
                : throw new ModelFileException($"[model] {pointer} names '{name}', which is no version in that folder; restore the folder, or write the name of a version that is there into the file");
        }

        return store.Stat($"{path}/{ModelFormat.Manifest}") is null ? null : path;
    }

    /// <summary>The highest version in a folder of versions; 0 for none.</summary>
    public static int Newest(IFileStore store, string path)
    {
        int newest = 0;
        foreach (FileStat s in store.List(path))
        {
            newest = Math.Max(newest, VersionOf(s.Path[(s.Path.LastIndexOf('/') + 1)..]));
        }

        return newest;
    }

    public static string Version(int number) => "v" + number.ToString("D6", CultureInfo.InvariantCulture);

    private static int VersionOf(string name) =>
        name.Length == 7 && name[0] == 'v' && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : 0;
}
