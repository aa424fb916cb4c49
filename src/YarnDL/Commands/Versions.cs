using System.Reflection;

namespace YarnDL.Commands;

/// <summary>What runs here.</summary>
internal static class Versions
{
    /// <summary>YarnDL's version, without the source revision.</summary>
    public static string Product { get; } =
        typeof(Versions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
