using System.Globalization;
using YarnDL.Training;

namespace YarnDL.Submit;

/// <summary>
/// How large a container is: JVM heap + memoryOverhead, and .NET lives in the overhead. Two conditions, both measured on Java 17 and .NET 10:
/// physical, overhead >= 256 MiB (the JVM beside its heap) + .NET's memory; and virtual, (heap + overhead) * ratio >= heap + 740 + 3,790 MiB
/// (addresses of a JVM with small class space and code cache beside its heap, addresses of .NET with its limits set).
/// </summary>
internal static class ContainerSizes
{
    public const long JvmOverhead = 256, LeastDotnet = 256, JvmAddresses = 740, DotnetAddresses = 3790;

    /// <summary>.NET memory in MiB where nothing is said.</summary>
    public const long UsualDotnet = 1024;

    /// <summary>JVM heap in MiB where nothing is said: rows and frames pass through, tensors do not live there.</summary>
    public const long UsualHeap = 512;

    /// <summary>The overhead in MiB that a container needs.</summary>
    /// <param name="heap">MiB.</param>
    /// <param name="dotnet">MiB.</param>
    /// <param name="vmemRatio">yarn.nodemanager.vmem-pmem-ratio; 0 = not checked.</param>
    public static long Overhead(long heap, long dotnet, double vmemRatio)
    {
        long physical = JvmOverhead + dotnet;
        long addresses = vmemRatio > 0 ? (long)Math.Ceiling((heap + JvmAddresses + DotnetAddresses) / vmemRatio) - heap + 1 : 0;
        return Math.Max(physical, addresses);
    }

    /// <summary>Refuses what YARN would kill, or would never grant.</summary>
    /// <param name="role">driver or executor.</param>
    /// <param name="heap">MiB.</param>
    /// <param name="overhead">MiB, as given by the user.</param>
    /// <param name="dotnet">MiB that .NET needs.</param>
    /// <param name="vmemRatio">As above.</param>
    /// <param name="largest">The largest container that the cluster grants, MiB; 0 = not known.</param>
    /// <exception cref="TrainingException">Names the setting to change.</exception>
    public static void Check(string role, long heap, long overhead, long dotnet, double vmemRatio, long largest)
    {
        string key = $"spark.{role}.memoryOverhead";
        if (overhead < JvmOverhead + dotnet)
        {
            throw Refused($"{key} is {overhead}m, {JvmOverhead}m of it are the JVM's own and .NET needs {dotnet}m; raise {key} to {Overhead(heap, dotnet, vmemRatio)}m or lower --dotnet-memory (at least {LeastDotnet}m)");
        }

        long needed = Overhead(heap, dotnet, vmemRatio);
        if (overhead < needed)
        {
            throw Refused(string.Create(CultureInfo.InvariantCulture,
                $"a container of {heap + overhead}m would be killed by YARN's virtual-memory check (ratio {vmemRatio}); raise {key} to {needed}m, or pass --conf spark.yarndl.vmemRatio=0 where the check is off"));
        }

        if (largest > 0 && heap + overhead > largest)
        {
            throw Refused($"a {role}'s container needs {heap + overhead}m ({heap}m JVM heap + {overhead}m {key}), the cluster grants at most {largest}m; "
                + $"lower --{role}-memory or --dotnet-memory, or raise yarn.scheduler.maximum-allocation-mb");
        }
    }

    /// <summary>A size as Spark writes it (512m, 2g, 1024) in MiB; a bare number is MiB.</summary>
    /// <exception cref="Jobs.JobException">It is no size.</exception>
    public static long Mebibytes(string name, string text)
    {
        string digits = text.TrimEnd('k', 'm', 'g', 't', 'b', 'K', 'M', 'G', 'T', 'B');
        string unit = text[digits.Length..].ToLowerInvariant();
        if (long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long n) && n is > 0 and < 1L << 40)
        {
            switch (unit)
            {
                case "k" or "kb": return (n + 1023) / 1024;
                case "" or "m" or "mb": return n;
                case "g" or "gb": return n << 10;
                case "t" or "tb": return n << 20;
            }
        }

        throw new Jobs.JobException($"[arguments] {name} {text}: it must be a size such as 512m or 2g");
    }

    private static TrainingException Refused(string message) => new(TrainingFault.Resources, "[memory] " + message);
}
