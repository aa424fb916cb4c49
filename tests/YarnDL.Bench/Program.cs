using System.Globalization;
using YarnDL.Bench;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case []:
    case ["kernels", ..]:
        KernelBench.Run(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1);
        return 0;
    case ["quality", ..]:
        string shared = Environment.GetEnvironmentVariable("YARNDL_SHARED") is { Length: > 0 } s ? s : Path.Combine("..", "shared");
        return QualityBench.Run(Path.GetFullPath(Path.Combine(shared, "data")), args[1..]);
    default:
        Console.Error.WriteLine("usage: build.sh bench [kernels [THREADS] | quality [SEEDS] [JOB ...]]");
        return 2;
}
