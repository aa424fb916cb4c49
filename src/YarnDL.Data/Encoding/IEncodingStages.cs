using YarnDL.Data.Blocks;
using YarnDL.Data.Features;

namespace YarnDL.Data.Encoding;

/// <summary>
/// The four stages over all rows of one <see cref="EncodeJob"/>, wherever they run: stage 2 keeps the encoded rows until <see cref="Cut"/> sorts them and writes them.
/// Called in the order Fit, Encode (training source, then held-out source), Cut (training rows, then held-out rows).
/// </summary>
public interface IEncodingStages : IDisposable
{
    /// <summary>Stage 1 over the training source; an empty aggregate, without reading the rows, where no feature needs it.</summary>
    /// <param name="report">Told the rows seen since the last time; may throw to stop.</param>
    /// <returns>Null when the source has no rows.</returns>
    FitPartial? Fit(EncodingSetup setup, Action<long> report);

    /// <summary>Stage 2 over a source.</summary>
    /// <param name="heldOutSource">The source of held-out rows, where these have one of their own; else the training source.</param>
    /// <param name="take">Told the counts and bad rows of each part; its records may be kept elsewhere.</param>
    /// <returns>False when the source has no rows.</returns>
    bool Encode(EncodingSetup setup, FittedFeatures features, bool heldOutSource, Action<EncodedPart> take);

    /// <summary>Rows kept so far, and the bytes of their encoded columns.</summary>
    (long Rows, long EncodedBytes) Kept(bool heldOut);

    /// <summary>Stages 3 and 4: the kept rows in canonical order into a folder of block files.</summary>
    /// <returns>The data hash, hexadecimal.</returns>
    /// <exception cref="DataException">Two rows have one key.</exception>
    string Cut(bool heldOut, CutJob cut, Action<long> report);
}
