using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using YarnDL.Data.Files;

namespace YarnDL.Commands;

/// <summary>
/// One application works on an output folder of the cluster at a time: a small file beside it, renewed while the run lasts, free when its owner ended or has not renewed it for a
/// minute. A new owner makes the file of the next number, which only one can make; the times compared are the store's own.
/// </summary>
internal sealed class RunLease : IDisposable
{
    /// <summary>How long a lease holds that is no longer renewed.</summary>
    public static readonly TimeSpan Holds = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(10);

    private readonly IFileStore _store;
    private readonly string _output;
    private readonly string _owner;
    private readonly int _number;
    private readonly CancellationTokenSource _lost = new();
    private readonly Timer _timer;
    private readonly Lock _gate = new();
    private bool _begun;
    private bool _closed;

    private RunLease(IFileStore store, string output, string owner, int number, bool begun)
    {
        (_store, _output, _owner, _number, _begun) = (store, output, owner, number, begun);
        WasBegun = begun;
        _timer = new Timer(_ => Renew(), null, Renewal, Renewal);
    }

    /// <summary>True when an earlier attempt of the same owner has already begun to write into the folder: it is to be continued.</summary>
    public bool WasBegun { get; }

    /// <summary>Cancelled when another run has taken the folder over.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Takes the lease of an output folder.</summary>
    /// <param name="store">Where the folder is.</param>
    /// <param name="output">The folder; it need not exist.</param>
    /// <param name="owner">Who runs: an application's id; another attempt of it takes over at once.</param>
    /// <exception cref="FileStoreException">Another run holds it: busy.</exception>
    public static RunLease Take(IFileStore store, string output, string owner)
    {
        string parent = Parent(output);
        store.MakeFolders(parent);
        for (int round = 0; ; round++)
        {
            FileStat[] held = [.. All(store, output).OrderBy(Number)];
            FileStat? last = held.LastOrDefault();
            JsonObject? text = last is null ? null : Read(store, last.Path);
            bool mine = text?["owner"]?.ToString() == owner;
            if (last is not null && !mine && IsHeld(store, output, last))
            {
                throw new FileStoreException(FileStoreFault.Busy, $"[run] {output} is being worked on by {text?["owner"] ?? "another run"} since {text?["since"] ?? "a moment"}; "
                    + string.Create(CultureInfo.InvariantCulture, $"wait for its end, or give another --run-id; the lease of a run that was killed is free after {Holds.TotalSeconds:0} s"));
            }

            int number = last is null ? 1 : Number(last) + 1;
            bool begun = mine && (bool?)text!["begun"] == true;
            try
            {
                using Stream s = store.Create(File(output, number));
                s.Write(Text(owner, begun));
            }
            catch (FileStoreException e) when (e.Fault == FileStoreFault.Exists && round < 3)
            {
                continue; // another was faster; look again who
            }

            foreach (FileStat old in held)
            {
                store.Delete(old.Path);
            }

            return new RunLease(store, output, owner, number, begun);
        }
    }

    /// <summary>The run has removed what an older run left: from now on another attempt may continue it.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _begun = true;
            Write();
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            _closed = true;
            try
            {
                _store.Delete(File(_output, _number));
            }
            catch (FileStoreException)
            {
                // It is free after a minute.
            }
        }

        _lost.Dispose();
    }

    private void Renew()
    {
        lock (_gate)
        {
            try
            {
                if (_closed)
                {
                    return;
                }

                if (All(_store, _output).Any(f => Number(f) > _number))
                {
                    _lost.Cancel();
                }
                else
                {
                    Write();
                }
            }
            catch (FileStoreException)
            {
                // Tried again at the next renewal.
            }
        }
    }

    private void Write()
    {
        string temporary = $"{File(_output, _number)}.new";
        _store.Delete(temporary);
        using (Stream s = _store.Create(temporary))
        {
            s.Write(Text(_owner, _begun));
        }

        _store.Replace(temporary, File(_output, _number));
    }

    private static bool IsHeld(IFileStore store, string output, FileStat last)
    {
        // The store's own clock: the time of a file made now.
        string probe = $"{output}.lease-probe-{Guid.NewGuid():n}";
        using (store.Create(probe))
        {
        }

        DateTimeOffset now = store.Stat(probe)!.Modified;
        store.Delete(probe);
        return now - last.Modified < Holds;
    }

    private static byte[] Text(string owner, bool begun) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["owner"] = owner,
        ["begun"] = begun,
        ["since"] = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
    }.ToJsonString());

    private static JsonObject? Read(IFileStore store, string file)
    {
        try
        {
            using StreamReader reader = new(store.OpenRead(file));
            return JsonNode.Parse(reader.ReadToEnd()) as JsonObject;
        }
        catch (Exception e) when (e is JsonException or FileStoreException)
        {
            return null; // being written, or taken away this moment
        }
    }

    private static IEnumerable<FileStat> All(IFileStore store, string output) =>
        store.List(Parent(output)).Where(f => Name(f.Path).StartsWith(Name(output) + ".lease-", StringComparison.Ordinal) && Number(f) > 0);

    private static int Number(FileStat f) =>
        int.TryParse(f.Path[(f.Path.LastIndexOf(".lease-", StringComparison.Ordinal) + 7)..], NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : 0;

    private static string File(string output, int number) => string.Create(CultureInfo.InvariantCulture, $"{output}.lease-{number}");

    private static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string Parent(string path) => path.LastIndexOf('/') is > 0 and int at ? path[..at] : "/";
}
