using System.Globalization;
using YarnDL.Bench;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is not ["kernels", ..])
{
    Console.Error.WriteLine("usage: YarnDL.Bench kernels [threads]");
    return 2;
}

KernelBench.Run(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1);
return 0;
