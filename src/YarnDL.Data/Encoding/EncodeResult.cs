using YarnDL.Data.Blocks;
using YarnDL.Data.Features;
using YarnDL.Data.Files;

namespace YarnDL.Data.Encoding;

/// <summary>A finished staging folder.</summary>
public sealed record EncodeResult(IFileStore Store, string Folder, FittedFeatures Features, RowLedger Ledger, string DataHash, string HeldOutHash, bool Reused)
{
    /// <summary>Bad rows by line (JSON); null when there are none.</summary>
    public string? Quarantine => Ledger.Quarantined > 0 ? $"{Folder}/{Encoder.QuarantineName}" : null;

    /// <summary>Folder of the training rows' blocks.</summary>
    public string TrainedFolder => $"{Folder}/{Encoder.TrainedName}";

    /// <summary>Folder of the held-out rows' blocks.</summary>
    public string HeldOutFolder => $"{Folder}/{Encoder.HeldOutName}";

    /// <summary>The training rows.</summary>
    public BlockSet OpenTrained(bool prefetch = false) => BlockSet.Open(Store, TrainedFolder, prefetch);

    /// <summary>The held-out rows; may be empty.</summary>
    public BlockSet OpenHeldOut(bool prefetch = false) => BlockSet.Open(Store, HeldOutFolder, prefetch);
}
