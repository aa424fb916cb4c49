namespace YarnDL.Data.Encoding;

/// <summary>Which rows are held out: those whose id's first 64 bits are below floor(fraction * 2^64). Equal rows stay together; nothing is random.</summary>
public sealed class HashSplit
{
    private readonly UInt128 _below;

    /// <exception cref="DataException">The fraction is not in 0 to 1 (1 excluded).</exception>
    public HashSplit(double heldOut)
    {
        if (!(heldOut >= 0 && heldOut < 1))
        {
            throw new DataException(DataFault.Job, FormattableString.Invariant($"[split] the held-out fraction is {heldOut}; a number from 0 to below 1 is needed"));
        }

        // Scaling by a power of two is exact.
        _below = (UInt128)(heldOut * 18446744073709551616.0);
    }

    public bool IsHeldOut(RowId id) => id.High < _below;
}
