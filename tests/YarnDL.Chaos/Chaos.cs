using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using YarnDL.Chaos;

int trials = args.Length > 0 ? int.Parse(args[0]) : 30;
ulong state = args.Length > 1 ? ulong.Parse(args[1]) : 1;
string folder = Directory.CreateTempSubdirectory("yarndl-chaos-").FullName;
try
{
    string job = ChaosJob.Write(folder);
    var clock = Stopwatch.StartNew();
    int training;
    using (var reference = ChildRun.Start(job, Path.Combine(folder, "reference"), workers: 0))
    {
        reference.WaitForTraining();
        training = (int)clock.ElapsedMilliseconds;
        if (reference.Wait() != 0)
        {
            Console.Error.WriteLine($"the undisturbed run failed:\n{reference.Log}");
            return 1;
        }
    }

    int length = (int)clock.ElapsedMilliseconds;
    training = length - training;
    string expected = Hash(Path.Combine(folder, "reference"));
    int differing = 0;
    for (int t = 1; t <= trials; t++)
    {
        Trial result = Run(t, job, length, training, expected);
        Console.WriteLine(JsonSerializer.Serialize(result));
        differing += result.Same && result.Orphans == 0 ? 0 : 1;
    }

    Console.WriteLine($"{trials - differing} of {trials} trials gave the same bits and left no process (undisturbed run {length} ms, weights {expected[..16]})");
    return differing == 0 ? 0 : 1;
}
finally
{
    Directory.Delete(folder, true);
}

Trial Run(int number, string job, int length, int training, string expected)
{
    int workers = new[] { 0, 2, 3, 4 }[Next(4)];
    bool killWorker = workers > 0 && Next(3) == 0;
    int kills = 1 + Next(3);
    string output = Path.Combine(folder, $"trial{number}");
    List<int> moments = [];
    int runs = 0, resumed = 0, orphans = 0;
    var clock = Stopwatch.StartNew();
    while (true)
    {
        using var run = ChildRun.Start(job, output, workers);
        runs++;
        if (moments.Count < kills)
        {
            // One kill in four at any moment of the run, the others while it trains.
            var since = Stopwatch.StartNew();
            int moment = Next(4) == 0 ? Next(length) : Next(training);
            if (moment < training)
            {
                run.WaitForTraining();
            }

            if (!run.WaitFor(moment))
            {
                moments.Add((int)since.ElapsedMilliseconds);
                if (killWorker)
                {
                    run.KillOneWorker(Next(workers));
                }
                else
                {
                    orphans += run.KillAll();
                }
            }
        }

        int code = run.Wait();
        resumed += run.Log.Contains("the run continues from", StringComparison.Ordinal) || run.Log.Contains("its shards are redone", StringComparison.Ordinal) ? 1 : 0;
        if (code == 0)
        {
            break;
        }

        if (code != 137 || runs > 20)
        {
            Console.Error.WriteLine($"trial {number}: exit {code}\n{run.Log}");
            return new Trial(number, killWorker ? "worker" : "run", workers, moments, runs, resumed, orphans, false, clock.Elapsed.TotalSeconds);
        }
    }

    bool same = Hash(output) == expected;
    Directory.Delete(output, true);
    return new Trial(number, killWorker ? "worker" : "run", workers, moments, runs, resumed, orphans, same, Math.Round(clock.Elapsed.TotalSeconds, 1));
}

static string Hash(string output)
{
    string[] found = Directory.GetFiles(output, "weights.safetensors", SearchOption.AllDirectories)
        .Where(f => !f.Contains("checkpoint", StringComparison.Ordinal)).ToArray();
    return found.Length == 1 ? Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(found[0]))) : $"{found.Length} models";
}

int Next(int below)
{
    // xorshift64*: the moments of a run can be repeated by its seed.
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (int)((state * 2685821657736338717UL >> 33) % (ulong)below);
}
