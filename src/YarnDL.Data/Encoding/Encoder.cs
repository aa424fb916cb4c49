using System.Security.Cryptography;
using System.Text;
using YarnDL.Data.Blocks;
using YarnDL.Data.Features;
using YarnDL.Data.Files;

namespace YarnDL.Data.Encoding;

/// <summary>
/// Rows to block files on one machine: fit, encode, sort, cut. The staging folder is written under a temporary name and renamed; one that was made of the same
/// inputs is used again. Its bytes do not depend on the order of rows, on batches or on threads.
/// </summary>
public static class Encoder
{
    internal const string TrainedName = "trained";
    internal const string HeldOutName = "heldout";
    internal const string FeaturesName = "features.json";
    internal const string QuarantineName = "quarantine.jsonl";

    /// <summary>Raised when the same job would give other block files.</summary>
    private const int Version = 1;

    /// <summary>Encodes the job's rows, or finds that they are encoded.</summary>
    /// <exception cref="DataException">No rows, columns that are missing or of another type, too many bad rows, a row key that comes twice, or rows that changed between two readings.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is left behind.</exception>
    public static EncodeResult Run(EncodeJob job)
    {
        string fingerprint = Fingerprint(job);
        if (job.Inputs is not null && Reuse(job, fingerprint) is { } reused)
        {
            return reused;
        }

        string temporary = $"{job.Folder}.tmp-{fingerprint[..8]}";
        job.Store.Delete(temporary);
        try
        {
            var (features, manifest) = new EncodeRun(job, temporary, fingerprint).Execute();
            Publish(job, temporary);
            return new EncodeResult(job.Store, job.Folder, features, manifest.Ledger, manifest.DataHash, manifest.HeldOutHash, false);
        }
        catch
        {
            Discard(job.Store, temporary);
            throw;
        }
    }

    private static EncodeResult? Reuse(EncodeJob job, string fingerprint)
    {
        if (StagingManifest.TryRead(job.Store, job.Folder) is not { } manifest || manifest.Fingerprint != fingerprint)
        {
            return null;
        }

        string json;
        using (var reader = new StreamReader(job.Store.OpenRead($"{job.Folder}/{FeaturesName}"), System.Text.Encoding.UTF8))
        {
            json = reader.ReadToEnd();
        }

        return new EncodeResult(job.Store, job.Folder, FittedFeatures.Parse(json, job.Registry), manifest.Ledger, manifest.DataHash, manifest.HeldOutHash, true);
    }

    /// <summary>An older folder goes only after the new one is complete.</summary>
    private static void Publish(EncodeJob job, string temporary)
    {
        string old = $"{job.Folder}.old";
        job.Store.Delete(old);
        if (job.Store.Stat(job.Folder) is not null)
        {
            job.Store.Rename(job.Folder, old);
        }

        job.Store.Rename(temporary, job.Folder);
        job.Store.Delete(old);
    }

    private static void Discard(IFileStore store, string folder)
    {
        try
        {
            store.Delete(folder);
        }
        catch (FileStoreException)
        {
            // What went wrong before is what must be told; the next run deletes the folder.
        }
    }

    /// <summary>SHA-256 over all that decides what the folder holds.</summary>
    private static string Fingerprint(EncodeJob job)
    {
        var text = new StringBuilder();
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"encoding {Version}, rows {RowIdHasher.Version}, blocks {BlockFormat.Version}, features {FittedFeatures.Version}\n");
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"shards {job.Shards}, held out {job.HeldOutFraction:R}, bad rows {job.OnBadRow.Kind} {job.OnBadRow.Most}\n");
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"row key {string.Join('\u001f', job.RowKey)}\nkey columns {string.Join('\u001f', job.KeyColumns)}\n");
        foreach (var feature in job.Features.All)
        {
            text.Append(feature.Spec.Type).Append(' ').Append(feature.Spec.Options.ToJsonString()).Append('\n');
        }

        text.Append(job.Features.Series?.ToJson().ToJsonString()).Append('\n');
        text.Append(job.Fitted?.ToJson()).Append('\n').Append(job.Inputs);
        return Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text.ToString())));
    }
}
