using Xunit;

namespace YarnDL.Testing;

/// <summary>The shared reference material: golden vectors and data sets. Tests that need it skip with a reason when it is absent.</summary>
public static class SharedFolder
{
    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>YARNDL_SHARED, or ../shared beside the repository; null when absent.</summary>
    public static string? Path { get; } = Locate();

    /// <summary>YARNDL_GOLDEN, or the golden folder of the shared one; null when absent.</summary>
    public static string? Golden { get; } = Environment.GetEnvironmentVariable("YARNDL_GOLDEN") is { Length: > 0 } g && Directory.Exists(g) ? g
        : Path is null ? null : System.IO.Path.Combine(Path, "golden");

    /// <summary>A file or folder of the shared folder; skips the test when the folder is absent.</summary>
    public static string Require(params string[] parts)
    {
        Assert.SkipWhen(Path is null, "shared folder absent");
        return System.IO.Path.Combine([Path!, .. parts]);
    }

    /// <summary>A file or folder of the golden folder; skips the test when it is absent.</summary>
    public static string RequireGolden(params string[] parts)
    {
        Assert.SkipWhen(Golden is null, "shared folder absent");
        return System.IO.Path.Combine([Golden!, .. parts]);
    }

    private static string? Locate()
    {
        string folder = Environment.GetEnvironmentVariable("YARNDL_SHARED") is { Length: > 0 } s ? s : System.IO.Path.Combine(Root, "..", "shared");
        return Directory.Exists(folder) ? System.IO.Path.GetFullPath(folder) : null;
    }

    private static string FindRoot()
    {
        for (string? d = AppContext.BaseDirectory; d is not null; d = System.IO.Path.GetDirectoryName(d))
        {
            if (File.Exists(System.IO.Path.Combine(d, "YarnDL.sln")))
            {
                return d;
            }
        }

        throw new InvalidOperationException("the tests run from a build inside the repository");
    }
}
