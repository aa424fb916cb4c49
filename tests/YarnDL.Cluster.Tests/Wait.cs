using System.Diagnostics;

namespace YarnDL.Cluster.Tests;

/// <summary>Looks until something is so; a failure says what never came.</summary>
internal static class Wait
{
    public static T For<T>(string what, TimeSpan longest, Func<T?> look, Func<string>? story = null)
        where T : class
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            if (look() is { } found)
            {
                return found;
            }

            if (Stopwatch.GetElapsedTime(start) > longest)
            {
                Assert.Fail($"{what} did not come within {longest}\n{story?.Invoke()}");
            }

            _ = SpinWait.SpinUntil(() => false, 30);
        }
    }

    public static void Until(string what, TimeSpan longest, Func<bool> condition, Func<string>? story = null) => For(what, longest, () => condition() ? "" : null, story);
}
