using System.Diagnostics;
using YarnDL.Fuzz;

int seconds = args.Length > 0 ? int.Parse(args[0]) : 60;
ulong seed = args.Length > 1 ? ulong.Parse(args[1]) : 1;
string folder = Directory.CreateTempSubdirectory("yarndl-fuzz-").FullName;
int finds = 0;
try
{
    List<Target> targets = Targets.Make(folder);
    double share = seconds / (double)targets.Count;
    foreach (Target t in targets)
    {
        var clock = Stopwatch.StartNew();
        int tried = 0, refused = 0;
        List<string> found = [];
        for (ulong n = 0; clock.Elapsed.TotalSeconds < share && found.Count < 5; n++)
        {
            Mutator mutator = new((seed * 1_000_003) + n);
            byte[] damaged = mutator.Damage(t.Sound[mutator.Next(t.Sound.Count)]);
            tried++;
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                t.Read(damaged);
            }
            catch (Exception e) when (Array.IndexOf(t.Refusals, e.GetType()) >= 0)
            {
                refused++;
            }
            catch (Exception e)
            {
                found.Add($"{t.Name}: seed {seed} case {n}: {e.GetType().Name}: {e.Message.Split('\n')[0]} {e.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains("YarnDL"))?.Trim()}");
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (allocated > 256L << 20)
            {
                found.Add($"{t.Name}: seed {seed} case {n}: {allocated >> 20} MiB allocated for {damaged.Length} bytes");
            }
        }

        Console.WriteLine($"{t.Name}: {tried} damaged, {refused} refused, {found.Count} finds");
        found.ForEach(Console.WriteLine);
        finds += found.Count;
    }
}
finally
{
    Directory.Delete(folder, true);
}

Console.WriteLine($"{finds} finds");
return finds == 0 ? 0 : 1;
